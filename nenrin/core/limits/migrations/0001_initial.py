import django.db.models.deletion
import django.db.models.functions.datetime
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
                    name='Try',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('action', models.CharField(max_length=40)),
                        ('key', models.CharField(max_length=32)),
                        ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['action', 'key', 'at'], name='limits_key'), models.Index(fields=['at'], name='limits_at')],
                    },
                ),
            ],
        ),
        migrations.RunSQL('ALTER TABLE limits_try SET UNLOGGED', 'ALTER TABLE limits_try SET LOGGED'),
    ]
