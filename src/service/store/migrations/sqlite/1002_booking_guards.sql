-- What became of a booking stays written down: SQLite refuses to change or delete it.

CREATE TRIGGER booking_events_refuse_update BEFORE UPDATE ON booking_events BEGIN
    SELECT RAISE(ABORT, 'booking_events cannot be changed');
END;

CREATE TRIGGER booking_events_refuse_delete BEFORE DELETE ON booking_events BEGIN
    SELECT RAISE(ABORT, 'booking_events cannot be changed');
END;

CREATE TRIGGER bookings_refuse_delete BEFORE DELETE ON bookings BEGIN
    SELECT RAISE(ABORT, 'bookings cannot be deleted');
END;
