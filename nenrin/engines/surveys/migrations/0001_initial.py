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
                    name='Rating',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('topic', models.CharField(max_length=40)),
                        ('subject', models.CharField(max_length=80)),
                        ('respondent', models.CharField(max_length=64)),
                        ('face', models.SmallIntegerField(choices=[(1, 'よくなかった'), (2, 'ふつう'), (3, 'よかった')])),
                        ('words', models.CharField(blank=True, max_length=400)),
                        ('rated_at', models.DateTimeField()),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['topic', 'rated_at'], name='surveys_topic')],
                        'constraints': [models.UniqueConstraint(fields=('town', 'topic', 'subject', 'respondent'), name='surveys_rated_once')],
                    },
                ),
            ],
        ),
    ]
