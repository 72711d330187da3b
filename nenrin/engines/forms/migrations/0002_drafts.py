import django.db.models.deletion
from django.db import migrations, models

import nenrin.core.tenancy.scope


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_initial"),
        ("forms", "0001_definitions_and_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="DefinitionDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.CharField(max_length=60)),
                ("content", models.JSONField()),
                ("revision", models.PositiveIntegerField(default=1)),
                ("came_from", models.CharField(blank=True, max_length=80)),
                ("to_check", models.JSONField(default=list)),
                ("started_by", models.CharField(max_length=120)),
                ("edited_by", models.CharField(max_length=120)),
                ("edited_at", models.DateTimeField(auto_now=True)),
                ("based_on", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forms.definitionversion")),
                ("town", models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.town")),
            ],
            options={"ordering": ["-edited_at"]},
        ),
        migrations.AddConstraint(
            model_name="definitiondraft",
            constraint=models.UniqueConstraint(fields=("town", "slug"), name="forms_draft_of_slug"),
        ),
    ]
