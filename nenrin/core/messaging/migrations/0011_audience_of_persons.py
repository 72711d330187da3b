import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0010_endings")]

    operations = [
        migrations.AlterField(
            model_name="audience",
            name="kind",
            field=models.CharField(
                choices=[
                    ("all", "全町"),
                    ("districts", "地区"),
                    ("households", "世帯"),
                    ("persons", "人"),
                ],
                default="all",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="audience",
            name="persons",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, size=None
            ),
        ),
    ]
