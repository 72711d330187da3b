import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

import nenrin.core.tenancy.scope

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


def exactly(field, octets):
    length = django.db.models.lookups.Exact(django.db.models.functions.text.Length(field), octets)
    return models.CheckConstraint(condition=models.Q(length), name=f"messaging_prekey_{field}")


def town():
    return models.ForeignKey(
        db_index=False,
        default=nenrin.core.tenancy.scope.default_town_code,
        editable=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="tenancy.town",
    )


class Migration(migrations.Migration):
    """Single-use keys of web push, and sealed bytes that have to be sent again."""

    dependencies = [("messaging", "0007_message_translations"), ("tenancy", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="SealedPush",
            fields=[
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="messaging.delivery",
                    ),
                ),
                ("body", models.BinaryField(max_length=4096)),
                ("town", town()),
            ],
        ),
        migrations.CreateModel(
            name="PreKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("header", models.BinaryField(max_length=86)),
                ("key", models.BinaryField(max_length=16)),
                ("nonce", models.BinaryField(max_length=12)),
                (
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="messaging.endpoint",
                    ),
                ),
                ("town", town()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("header",), name="messaging_prekey_once"),
                    exactly("header", 86),
                    exactly("key", 16),
                    exactly("nonce", 12),
                ],
            },
        ),
        migrations.RunSQL(UNLOGGED, migrations.RunSQL.noop),
        migrations.RunSQL(SUBSCRIPTION_CHANGED + NEVER_UPDATED, UNDO),
    ]
