import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import nenrin.core.database.create_models
import nenrin.core.tenancy.scope
import uuid
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
                    name='Preparation',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('interview', models.CharField(max_length=60)),
                        ('mouth', models.CharField(choices=[('phone', 'スマホ・パソコン'), ('counter', '窓口')], max_length=8)),
                        ('sealed', models.TextField(blank=True)),
                        ('code_hash', models.CharField(blank=True, max_length=64)),
                        ('started_at', models.DateTimeField(auto_now_add=True)),
                        ('expires_at', models.DateTimeField()),
                        ('received_at', models.DateTimeField(null=True)),
                        ('received_by', models.CharField(blank=True, max_length=120)),
                        ('identified_at', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                        ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.household')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['-started_at'],
                        'indexes': [models.Index(fields=['expires_at'], name='counter_preparation_over')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('code_hash', ''), _negated=True), fields=('town', 'code_hash'), name='counter_preparation_code')],
                    },
                ),
                migrations.CreateModel(
                    name='OpenedForm',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.CharField(max_length=60)),
                        ('application', models.UUIDField()),
                        ('opened_at', models.DateTimeField(auto_now_add=True)),
                        ('opened_by', models.CharField(max_length=120)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('preparation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='forms', to='counter.preparation')),
                    ],
                    options={
                        'ordering': ['opened_at', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('preparation', 'slug'), name='counter_form_once'), models.UniqueConstraint(fields=('town', 'application'), name='counter_form_of_one')],
                    },
                ),
                migrations.CreateModel(
                    name='Service',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=20)),
                        ('name', models.CharField(max_length=40)),
                        ('prefix', models.CharField(max_length=2)),
                        ('owners', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                        ('usual_minutes', models.PositiveSmallIntegerField(default=10)),
                        ('opens', models.TimeField(default=datetime.time(8, 30))),
                        ('closes', models.TimeField(default=datetime.time(17, 15))),
                        ('takes_phones', models.BooleanField(default=True)),
                        ('is_open', models.BooleanField(default=True)),
                        ('order', models.PositiveSmallIntegerField(default=0)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['order', 'code'],
                        'constraints': [models.UniqueConstraint(fields=('town', 'code'), name='counter_service_code'), models.UniqueConstraint(fields=('town', 'prefix'), name='counter_service_prefix')],
                    },
                ),
                migrations.CreateModel(
                    name='TicketCounter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('last', models.PositiveSmallIntegerField()),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='counter.service')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('service', 'day'), name='counter_last_number')],
                    },
                ),
                migrations.CreateModel(
                    name='Window',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('name', models.CharField(blank=True, max_length=40)),
                        ('is_open', models.BooleanField(default=True)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('town', 'number'), name='counter_window_number')],
                    },
                ),
                migrations.CreateModel(
                    name='Ticket',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('day', models.DateField()),
                        ('number', models.PositiveSmallIntegerField()),
                        ('label', models.CharField(max_length=8)),
                        ('state', models.CharField(choices=[('waiting', '待っています'), ('called', '呼びました'), ('done', '終わりました'), ('absent', 'いませんでした'), ('cancelled', 'やめました')], default='waiting', max_length=9)),
                        ('source', models.CharField(choices=[('kiosk', '発券の画面'), ('clerk', '職員'), ('phone', 'スマホ'), ('booking', '予約')], max_length=8)),
                        ('taken_at', models.DateTimeField()),
                        ('called_at', models.DateTimeField(null=True)),
                        ('last_called_at', models.DateTimeField(null=True)),
                        ('calls', models.PositiveSmallIntegerField(default=0)),
                        ('finished_at', models.DateTimeField(null=True)),
                        ('served_by', models.CharField(blank=True, max_length=120)),
                        ('told_next_at', models.DateTimeField(null=True)),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('preparation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tickets', to='counter.preparation')),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='counter.service')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('wanted_window', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='counter.window')),
                        ('window', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='counter.window')),
                    ],
                    options={
                        'ordering': ['taken_at', 'number'],
                        'indexes': [models.Index(fields=['day', 'state'], name='counter_queue')],
                        'constraints': [models.UniqueConstraint(fields=('service', 'day', 'number'), name='counter_number_once_a_day'), models.UniqueConstraint(condition=models.Q(('state', 'called')), fields=('window',), name='counter_one_at_a_window')],
                    },
                ),
                migrations.CreateModel(
                    name='Duty',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duties', to='counter.service')),
                        ('window', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duties', to='counter.window')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('window', 'service'), name='counter_duty_once')],
                    },
                ),
            ],
        ),
    ]
