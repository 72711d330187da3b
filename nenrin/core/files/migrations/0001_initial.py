import django.db.models.deletion
import nenrin.core.database.create_models
import nenrin.core.tenancy.scope
import uuid
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
                    name='StoredFile',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(help_text='what the person called it, made safe', max_length=120)),
                        ('kind', models.CharField(help_text='a key of nenrin.core.files.kinds', max_length=10)),
                        ('content_type', models.CharField(max_length=80)),
                        ('size', models.PositiveBigIntegerField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('purpose', models.CharField(blank=True, help_text='whose access rule applies; empty: its owner serves it', max_length=40)),
                        ('stored_by', models.CharField(max_length=120)),
                        ('stored_at', models.DateTimeField(auto_now_add=True)),
                        ('keep_until', models.DateField(blank=True, help_text='erased after this day', null=True)),
                        ('erased_at', models.DateTimeField(blank=True, null=True)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['-stored_at'],
                        'indexes': [models.Index(condition=models.Q(('erased_at', None)), fields=['keep_until'], name='files_keep_until')],
                    },
                ),
            ],
        ),
    ]
