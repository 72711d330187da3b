import django.db.models.deletion
import nenrin.core.database.create_models
import nenrin.core.tenancy.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        nenrin.core.database.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Town',
                    fields=[
                        ('code', models.CharField(max_length=6, primary_key=True, serialize=False, validators=[nenrin.core.tenancy.models._validate_code])),
                        ('name', models.CharField(max_length=40)),
                        ('name_kana', models.CharField(max_length=60)),
                        ('name_en', models.CharField(max_length=60)),
                        ('slug', models.SlugField(unique=True)),
                        ('is_active', models.BooleanField(default=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='TownHost',
                    fields=[
                        ('host', models.CharField(max_length=253, primary_key=True, serialize=False)),
                        ('town', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hosts', to='tenancy.town')),
                    ],
                ),
            ],
        ),
    ]
