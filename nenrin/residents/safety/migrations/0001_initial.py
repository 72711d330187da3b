import django.db.models.deletion
import nenrin.core.database.create_models
import nenrin.core.tenancy.scope
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('messaging', '0001_initial'),
        ('people', '0001_initial'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        nenrin.core.database.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='HelpCase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('new', '新しい'), ('going', '向かっている'), ('done', '済み')], default='new', max_length=5)),
                        ('responder', models.CharField(blank=True, max_length=80)),
                        ('opened_at', models.DateTimeField()),
                        ('changed_at', models.DateTimeField()),
                        ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.household')),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='messaging.message')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['opened_at', 'id'],
                        'indexes': [models.Index(fields=['message', 'state'], name='safety_case_state')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'done'), _negated=True), fields=('message', 'household'), name='safety_one_open_case')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('new', '新しい'), ('going', '向かっている'), ('done', '済み')], max_length=5)),
                        ('responder', models.CharField(blank=True, max_length=80)),
                        ('note', models.CharField(blank=True, max_length=400)),
                        ('made_by', models.CharField(max_length=120)),
                        ('made_at', models.DateTimeField()),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='safety.helpcase')),
                    ],
                    options={
                        'ordering': ['made_at', 'id'],
                    },
                ),
            ],
        ),
    ]
