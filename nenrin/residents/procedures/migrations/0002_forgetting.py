from django.db import migrations

# The only way to what is never changed otherwise, and open for erased applications alone. It runs
# as the tables' owner, who is bound to the town in scope like everybody.
FORGET = """
CREATE FUNCTION procedures_forget(target uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    UPDATE procedures_applicationrevision SET answers = '{}'
    WHERE application_id IN (SELECT id FROM procedures_application
                             WHERE id = target AND erased_at IS NOT NULL);
    UPDATE casework_caseevent SET words = '', details = '{}'
    WHERE case_id IN (SELECT case_id FROM procedures_application
                      WHERE id = target AND erased_at IS NOT NULL);
    UPDATE casework_decision SET words = '', grounds = ''
    WHERE case_id IN (SELECT case_id FROM procedures_application
                      WHERE id = target AND erased_at IS NOT NULL);
$$
"""


class Migration(migrations.Migration):
    """What an erased application said is taken out of its history."""

    dependencies = [("casework", "0001_initial"), ("procedures", "0001_initial")]
    operations = [migrations.RunSQL(FORGET, "DROP FUNCTION procedures_forget(uuid)")]
