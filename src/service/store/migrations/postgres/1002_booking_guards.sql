-- What became of a booking stays written down: PostgreSQL refuses to change or delete it.

CREATE TRIGGER booking_events_refuse_change BEFORE UPDATE OR DELETE ON booking_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER booking_events_refuse_truncate BEFORE TRUNCATE ON booking_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bookings_refuse_delete BEFORE DELETE ON bookings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bookings_refuse_truncate BEFORE TRUNCATE ON bookings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
