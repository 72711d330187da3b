from django.db import migrations, models

# As in 0004, but each person's newest answer counts: 無事です of one member does not hide another's
# 助けが必要です. A later answer for the whole household (person is null) stands for everyone.
VIEW = """
CREATE OR REPLACE VIEW messaging_householdreach WITH (security_invoker = true) AS
SELECT town_id, message_id, household_id, max(district_id) AS district_id,
       sum(planned) AS planned, max(state)::smallint AS state,
       bool_or(answered) AS answered, bool_or(needs_help) AS needs_help,
       bool_or(visiting) AS visiting, bool_or(visited) AS visited,
       (max(state) >= 7 OR bool_or(answered) OR bool_or(visited)) AS reached
FROM (
    SELECT town_id, message_id, household_id, district_id, 0::bigint AS planned, -1 AS state,
           false AS answered, false AS needs_help, false AS visiting, false AS visited
    FROM messaging_audiencehousehold
    UNION ALL
    SELECT town_id, message_id, household_id, NULL, 1, state, false, false, false, false
    FROM messaging_delivery WHERE household_id IS NOT NULL
    UNION ALL
    SELECT town_id, message_id, household_id, NULL, 0, -1, true,
           answer = 'help' AND (whole_at IS NULL OR answered_at >= whole_at), false, false
    FROM (
        SELECT town_id, message_id, household_id, answer, answered_at,
               row_number() OVER (PARTITION BY message_id, household_id, person_id
                                  ORDER BY answered_at DESC, id DESC) AS age,
               max(answered_at) FILTER (WHERE person_id IS NULL)
                   OVER (PARTITION BY message_id, household_id) AS whole_at
        FROM messaging_safetyanswer
    ) newest WHERE age = 1
    UNION ALL
    SELECT town_id, message_id, household_id, NULL, 0, -1, false, false, true,
           reached_at IS NOT NULL
    FROM messaging_visit
) known
GROUP BY town_id, message_id, household_id HAVING max(district_id) IS NOT NULL
"""


class Migration(migrations.Migration):
    """Other languages of a message; answers for single persons, sent once however often."""

    dependencies = [("messaging", "0006_claims_by_job")]
    operations = [
        migrations.AddField(
            model_name="message",
            name="translations",
            field=models.JSONField(
                blank=True,
                db_default=models.Value({}, models.JSONField()),
                default=dict,
                help_text='by language: {"en": {"title": …, "body": …}}',
            ),
        ),
        migrations.AddField(
            model_name="safetyanswer",
            name="place",
            field=models.CharField(blank=True, db_default="", max_length=120),
        ),
        migrations.AddField(
            model_name="safetyanswer",
            name="client_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name="safetyanswer",
            constraint=models.UniqueConstraint(
                fields=("town", "client_id"), name="messaging_answer_once"
            ),
        ),
        migrations.RunSQL(["DROP VIEW messaging_householdreach", VIEW], migrations.RunSQL.noop),
    ]
