import django.db.models.deletion
import nenrin.core.database.create_models
import nenrin.core.tenancy.scope
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        nenrin.core.database.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='CheckIn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('at', models.DateTimeField()),
                        ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_ins', to='people.household')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('household', 'day'), name='watch_one_check_in_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Concern',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('call', '連絡してほしい'), ('missed', '元気ですがありません'), ('silent', 'タブレットがつながりません')], max_length=8)),
                        ('state', models.CharField(choices=[('new', '新しい'), ('taken', '対応しています'), ('closed', '済みました')], default='new', max_length=8)),
                        ('opened_at', models.DateTimeField()),
                        ('taken_by', models.CharField(blank=True, max_length=120)),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('note', models.CharField(blank=True, max_length=400)),
                        ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='concerns', to='people.household')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['opened_at'],
                        'indexes': [models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['opened_at'], name='watch_open')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'closed'), _negated=True), fields=('household', 'kind'), name='watch_one_open_concern')],
                    },
                ),
                migrations.CreateModel(
                    name='WatchPlan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('until_hour', models.PositiveSmallIntegerField(default=10, help_text='Asia/Tokyo')),
                        ('asked_by', models.CharField(help_text='本人・家族・民生委員など', max_length=80)),
                        ('household', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='watch_plan', to='people.household')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('until_hour__lte', 23)), name='watch_until_hour')],
                    },
                ),
            ],
        ),
    ]
