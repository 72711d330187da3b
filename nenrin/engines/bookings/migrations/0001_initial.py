import django.contrib.postgres.constraints
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
                    name='Resource',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=40)),
                        ('name', models.CharField(max_length=60)),
                        ('place', models.CharField(blank=True, max_length=60)),
                        ('is_room', models.BooleanField(default=False)),
                        ('seats', models.PositiveSmallIntegerField(default=1)),
                        ('first_day', models.PositiveSmallIntegerField(default=1)),
                        ('days', models.PositiveSmallIntegerField(default=10)),
                        ('is_every_day', models.BooleanField(default=False)),
                        ('is_open', models.BooleanField(default=True)),
                        ('order', models.PositiveSmallIntegerField(default=0)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['order', 'key'],
                        'constraints': [models.UniqueConstraint(fields=('town', 'key'), name='bookings_key')],
                    },
                ),
                migrations.CreateModel(
                    name='Opening',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('weekday', models.PositiveSmallIntegerField()),
                        ('starts', models.TimeField()),
                        ('ends', models.TimeField()),
                        ('minutes', models.PositiveSmallIntegerField()),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='bookings.resource')),
                    ],
                    options={
                        'ordering': ['weekday', 'starts'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts')), ('minutes__gte', 5), ('weekday__lte', 6)), name='bookings_opening_makes_sense')],
                    },
                ),
                migrations.CreateModel(
                    name='Closure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('reason', models.CharField(blank=True, max_length=80)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='bookings.resource')),
                    ],
                    options={
                        'ordering': ['day'],
                        'constraints': [models.UniqueConstraint(fields=('resource', 'day'), name='bookings_closed_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Booking',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('seat', models.PositiveSmallIntegerField()),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('state', models.CharField(choices=[('booked', '予約ずみ'), ('came', '来た'), ('absent', '来なかった'), ('cancelled', '取り消し')], default='booked', max_length=9)),
                        ('name', models.CharField(blank=True, max_length=80)),
                        ('telephone', models.CharField(blank=True, max_length=20)),
                        ('words', models.CharField(blank=True, max_length=200)),
                        ('code_hash', models.CharField(blank=True, max_length=64)),
                        ('reference', models.CharField(blank=True, max_length=120)),
                        ('made_by', models.CharField(max_length=120)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('reminded_at', models.DateTimeField(null=True)),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('room_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='rooms', to='bookings.booking')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('resource', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='bookings.resource')),
                    ],
                    options={
                        'ordering': ['starts_at', 'seat'],
                        'indexes': [models.Index(fields=['starts_at'], name='bookings_when')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('code_hash', ''), _negated=True), fields=('town', 'code_hash'), name='bookings_code'), models.UniqueConstraint(condition=models.Q(models.Q(('reference', ''), _negated=True), models.Q(('state', 'cancelled'), _negated=True)), fields=('town', 'reference'), name='bookings_reference'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='bookings_ends_later'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), expressions=[(models.Func(models.F('resource'), models.F('resource'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('seat'), models.F('seat'), models.Value('[]'), function='int4range'), '&&'), (models.Func(models.F('starts_at'), models.F('ends_at'), function='tstzrange'), '&&')], name='bookings_never_twice')],
                    },
                ),
            ],
        ),
    ]
