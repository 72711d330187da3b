import django.db.models.deletion
import nenrin.core.database.create_models
import nenrin.core.tenancy.scope
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('tenancy', '0001_initial'),
    ]

    operations = [
        nenrin.core.database.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='AuditEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sequence', models.BigIntegerField()),
                        ('at', models.DateTimeField()),
                        ('actor', models.CharField(max_length=120)),
                        ('on_behalf_of', models.CharField(blank=True, max_length=120)),
                        ('action', models.CharField(max_length=80)),
                        ('subject', models.CharField(max_length=120)),
                        ('detail', models.JSONField(default=dict)),
                        ('previous_hash', models.CharField(max_length=64)),
                        ('hash', models.CharField(max_length=64)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['sequence'],
                        'constraints': [models.UniqueConstraint(fields=('town', 'sequence'), name='audit_one_chain_per_town')],
                    },
                ),
            ],
        ),
    ]
