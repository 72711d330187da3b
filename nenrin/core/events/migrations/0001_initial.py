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
                    name='OutboxEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80)),
                        ('payload', models.JSONField()),
                        ('occurred_at', models.DateTimeField(auto_now_add=True)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='HandledEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('listener', models.CharField(max_length=120)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='events.outboxevent')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('event', 'listener'), name='events_handled_once')],
                    },
                ),
            ],
        ),
    ]
