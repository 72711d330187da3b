from django.db import migrations

# At the end of a transaction the town's scope may be closed already, and without it the check would
# see no row at all: it opens the scope of the row it looks at. No entry at all is no balance either.
BALANCED = """
CREATE FUNCTION payments_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    scope text := current_setting('nenrin.town', true);
    booking bigint;
    total bigint;
BEGIN
    IF TG_TABLE_NAME = 'payments_entry' THEN
        booking := NEW.transaction_id;
    ELSE
        booking := NEW.id;
    END IF;
    PERFORM set_config('nenrin.town', NEW.town_id, true);
    SELECT sum(amount) INTO total FROM payments_entry WHERE transaction_id = booking;
    PERFORM set_config('nenrin.town', coalesce(scope, ''), true);
    IF total IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION 'booking % does not balance: %', booking, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_balanced';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payments_balanced AFTER INSERT ON payments_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_balanced();
CREATE CONSTRAINT TRIGGER payments_balanced AFTER INSERT ON payments_transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_balanced();
"""
UNBALANCED = """
DROP TRIGGER payments_balanced ON payments_transaction;
DROP TRIGGER payments_balanced ON payments_entry;
DROP FUNCTION payments_balanced();
"""


class Migration(migrations.Migration):
    """Every booking balances when its transaction ends."""

    dependencies = [("payments", "0001_initial")]
    operations = [migrations.RunSQL(BALANCED, UNBALANCED)]
