from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0009_preferences"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="ends_earlier",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="what it supersedes is over, or was a mistake",
            ),
        ),
    ]
