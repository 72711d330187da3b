from django.db import migrations

VIEW = """
CREATE VIEW messaging_householdreach WITH (security_invoker = true) AS
SELECT a.town_id, a.message_id, a.household_id, a.district_id,
       COALESCE(d.planned, 0) AS planned,
       COALESCE(d.state, -1) AS state,
       COALESCE(s.answered, false) AS answered,
       COALESCE(s.needs_help, false) AS needs_help,
       COALESCE(v.visiting, false) AS visiting,
       COALESCE(v.visited, false) AS visited,
       (COALESCE(d.state, -1) >= 7 OR COALESCE(s.answered, false) OR COALESCE(v.visited, false))
           AS reached
FROM messaging_audiencehousehold a
LEFT JOIN (
    SELECT message_id, household_id, count(*) AS planned, max(state) AS state
    FROM messaging_delivery WHERE household_id IS NOT NULL GROUP BY message_id, household_id
) d USING (message_id, household_id)
LEFT JOIN (
    SELECT DISTINCT ON (message_id, household_id)
           message_id, household_id, true AS answered, answer = 'help' AS needs_help
    FROM messaging_safetyanswer ORDER BY message_id, household_id, answered_at DESC, id DESC
) s USING (message_id, household_id)
LEFT JOIN (
    SELECT message_id, household_id, true AS visiting, reached_at IS NOT NULL AS visited
    FROM messaging_visit
) v USING (message_id, household_id)
"""


class Migration(migrations.Migration):
    """Reach per household, computed by the database; row security of the caller applies."""

    dependencies = [("messaging", "0001_initial")]
    operations = [migrations.RunSQL(VIEW, "DROP VIEW messaging_householdreach")]
