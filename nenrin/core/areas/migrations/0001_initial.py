import django.contrib.postgres.fields
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
                    name='Oaza',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=40)),
                        ('name_kana', models.CharField(max_length=60)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('town', 'name'), name='areas_oaza_name')],
                    },
                ),
                migrations.CreateModel(
                    name='District',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=10)),
                        ('name', models.CharField(max_length=40)),
                        ('name_kana', models.CharField(max_length=60)),
                        ('latitude', models.FloatField(null=True)),
                        ('longitude', models.FloatField(null=True)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('oaza', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='districts', to='areas.oaza')),
                    ],
                    options={
                        'ordering': ['code'],
                        'constraints': [models.UniqueConstraint(fields=('town', 'code'), name='areas_district_code')],
                    },
                ),
                migrations.CreateModel(
                    name='Shelter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80)),
                        ('address', models.CharField(max_length=120)),
                        ('latitude', models.FloatField()),
                        ('longitude', models.FloatField()),
                        ('hazards', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                        ('is_living_shelter', models.BooleanField(default=False)),
                        ('source', models.CharField(max_length=120)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('town', 'name'), name='areas_shelter_name')],
                    },
                ),
                migrations.CreateModel(
                    name='TownPlace',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('municipality_area', models.CharField(max_length=7)),
                        ('grouped_area', models.CharField(max_length=6)),
                        ('primary_area', models.CharField(max_length=6)),
                        ('forecast_office', models.CharField(max_length=6)),
                        ('seismic_area', models.CharField(max_length=3)),
                        ('seismic_city', models.CharField(max_length=7)),
                        ('grouped_area_name', models.CharField(max_length=40)),
                        ('primary_area_name', models.CharField(max_length=40)),
                        ('prefecture_name', models.CharField(max_length=10)),
                        ('seismic_area_name', models.CharField(max_length=40)),
                        ('seismic_city_name', models.CharField(max_length=40)),
                        ('amedas_station', models.CharField(blank=True, max_length=5)),
                        ('rivers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('town',), name='areas_one_place_per_town')],
                    },
                ),
                migrations.CreateModel(
                    name='Neighbourhood',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='neighbourhoods', to='areas.district')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['district', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('district', 'number'), name='areas_neighbourhood_number')],
                    },
                ),
            ],
        ),
    ]
