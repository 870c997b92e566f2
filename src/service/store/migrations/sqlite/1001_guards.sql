-- What is written here stays: SQLite refuses to change or delete it.

CREATE TRIGGER plans_refuse_update BEFORE UPDATE ON plans BEGIN
    SELECT RAISE(ABORT, 'plans cannot be changed');
END;

CREATE TRIGGER plans_refuse_delete BEFORE DELETE ON plans BEGIN
    SELECT RAISE(ABORT, 'plans cannot be changed');
END;

CREATE TRIGGER publications_refuse_update BEFORE UPDATE ON publications BEGIN
    SELECT RAISE(ABORT, 'publications cannot be changed');
END;

CREATE TRIGGER publications_refuse_delete BEFORE DELETE ON publications BEGIN
    SELECT RAISE(ABORT, 'publications cannot be changed');
END;

CREATE TRIGGER audit_trail_refuse_update BEFORE UPDATE ON audit_trail BEGIN
    SELECT RAISE(ABORT, 'audit_trail cannot be changed');
END;

CREATE TRIGGER audit_trail_refuse_delete BEFORE DELETE ON audit_trail BEGIN
    SELECT RAISE(ABORT, 'audit_trail cannot be changed');
END;
