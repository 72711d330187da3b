"""A verified address is unique within a town, not over all of them.

The sign-in library's index covers the whole table. Its row has no column for the town, so it gets
one that Django does not know: the database fills it from the scope, as it does for our own rows.
The index keeps the library's name, so that its later migrations still find it.
"""

from django.db import migrations

FORWARD = """
ALTER TABLE account_emailaddress ADD COLUMN town_id varchar(6);
UPDATE account_emailaddress a SET town_id = u.town_id FROM accounts_user u WHERE u.id = a.user_id;
ALTER TABLE account_emailaddress
    ALTER COLUMN town_id SET DEFAULT current_setting('nenrin.town', true),
    ALTER COLUMN town_id SET NOT NULL;
DROP INDEX unique_verified_email;
CREATE UNIQUE INDEX unique_verified_email ON account_emailaddress (town_id, email) WHERE verified;
"""
BACKWARD = """
DROP INDEX unique_verified_email;
CREATE UNIQUE INDEX unique_verified_email ON account_emailaddress (email) WHERE verified;
ALTER TABLE account_emailaddress DROP COLUMN town_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
