import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import nenrin.core.database.create_models
import nenrin.core.tenancy.scope
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('areas', '0001_initial'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        nenrin.core.database.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Opening',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_drill', models.BooleanField(default=False)),
                        ('people', models.PositiveIntegerField(default=0)),
                        ('counted_at', models.DateTimeField(null=True)),
                        ('opened_at', models.DateTimeField()),
                        ('opened_by', models.CharField(max_length=120)),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('closed_by', models.CharField(blank=True, max_length=120)),
                        ('shelter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='areas.shelter')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['-opened_at', '-id'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('shelter', 'is_drill'), name='shelters_open_once'), models.CheckConstraint(condition=models.Q(('closed_at', None), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='shelters_closed_later')],
                    },
                ),
                migrations.CreateModel(
                    name='HeadCount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('people', models.PositiveIntegerField()),
                        ('counted_at', models.DateTimeField()),
                        ('counted_by', models.CharField(max_length=120)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('opening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='shelters.opening')),
                    ],
                    options={
                        'ordering': ['-counted_at', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('people__lte', 5000)), name='shelters_count_possible')],
                    },
                ),
                migrations.CreateModel(
                    name='ShelterProfile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('capacity', models.PositiveIntegerField(null=True, validators=[django.core.validators.MaxValueValidator(5000)])),
                        ('equipment', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('wheelchair', '車いす'), ('toilet', '多目的トイレ'), ('pets', 'ペット'), ('nursing', '授乳室'), ('heating', '暖房'), ('power', '発電機'), ('water', '飲み水'), ('beds', '段ボールベッド')], max_length=12), default=list, size=None)),
                        ('updated_by', models.CharField(max_length=120)),
                        ('updated_at', models.DateTimeField()),
                        ('shelter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='profile', to='areas.shelter')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
    ]
