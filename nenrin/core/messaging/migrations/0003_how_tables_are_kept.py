from django.db import migrations

# Whoever changes or retires a subscription, by whatever statement, its keys go in the same
# transaction: a key made for the old subscription could not be read by the new one.
SUBSCRIPTION_CHANGED = """
CREATE FUNCTION messaging_subscription_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM messaging_prekey WHERE endpoint_id = NEW.id;
    DELETE FROM messaging_sealedpush s USING messaging_delivery d
        WHERE d.id = s.delivery_id AND d.endpoint_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER messaging_subscription_changed
AFTER UPDATE OF keys, address, retired_at ON messaging_endpoint FOR EACH ROW
WHEN (NEW.kind = 'webpush' AND (OLD.keys IS DISTINCT FROM NEW.keys
      OR OLD.address <> NEW.address OR (OLD.retired_at IS NULL AND NEW.retired_at IS NOT NULL)))
EXECUTE FUNCTION messaging_subscription_changed();
"""
# A key is made, taken and gone; it can be neither altered nor handed to another subscription.
NEVER_UPDATED = """
CREATE FUNCTION messaging_prekey_is_single_use() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a pre-key is inserted and deleted, never updated'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER messaging_prekey_is_single_use BEFORE UPDATE ON messaging_prekey
FOR EACH STATEMENT EXECUTE FUNCTION messaging_prekey_is_single_use();
"""
UNDO = """
DROP TRIGGER messaging_prekey_is_single_use ON messaging_prekey;
DROP FUNCTION messaging_prekey_is_single_use();
DROP TRIGGER messaging_subscription_changed ON messaging_endpoint;
DROP FUNCTION messaging_subscription_changed();
"""
UNLOGGED = "ALTER TABLE messaging_prekey SET UNLOGGED; ALTER TABLE messaging_sealedpush SET UNLOGGED"
# Half of each page stays free, so that a claim can change a row without touching any index.
HALF_FULL = "ALTER TABLE messaging_delivery SET (fillfactor = 50)"


class Migration(migrations.Migration):
    """Single-use keys of web push, and the room that deliveries need to change in."""

    dependencies = [("messaging", "0002_household_reach")]
    operations = [
        migrations.RunSQL(UNLOGGED, migrations.RunSQL.noop),
        migrations.RunSQL(SUBSCRIPTION_CHANGED + NEVER_UPDATED, UNDO),
        migrations.RunSQL(HALF_FULL, "ALTER TABLE messaging_delivery RESET (fillfactor)"),
    ]
