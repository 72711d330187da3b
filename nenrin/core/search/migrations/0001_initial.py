import django.contrib.postgres.indexes
import django.contrib.postgres.search
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
                    name='SearchEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=40)),
                        ('key', models.CharField(max_length=80)),
                        ('title', models.CharField(max_length=200)),
                        ('text', models.TextField()),
                        ('url', models.CharField(max_length=200)),
                        ('audience', models.CharField(choices=[('public', 'だれでも'), ('staff', '職員')], max_length=8)),
                        ('words', django.contrib.postgres.search.SearchVectorField()),
                        ('happened_at', models.DateTimeField()),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='search_words')],
                        'constraints': [models.UniqueConstraint(fields=('town', 'kind', 'key'), name='search_one_entry')],
                    },
                ),
            ],
        ),
    ]
