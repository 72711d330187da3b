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
                    name='FormDefinition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.CharField(max_length=60)),
                        ('title', models.CharField(max_length=400)),
                        ('is_open', models.BooleanField(default=True)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['slug'],
                        'constraints': [models.UniqueConstraint(fields=('town', 'slug'), name='forms_slug')],
                    },
                ),
                migrations.CreateModel(
                    name='DefinitionVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('content', models.JSONField()),
                        ('digest', models.CharField(help_text='content の SHA-256', max_length=64)),
                        ('changes', models.JSONField(default=list, help_text='前の版からの違い')),
                        ('report', models.TextField(help_text='公開前に試した結果')),
                        ('published_at', models.DateTimeField()),
                        ('published_by', models.CharField(max_length=80)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='forms.formdefinition')),
                    ],
                    options={
                        'ordering': ['form', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('form', 'number'), name='forms_version_number')],
                    },
                ),
                migrations.CreateModel(
                    name='DefinitionDraft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.CharField(max_length=60)),
                        ('content', models.JSONField()),
                        ('revision', models.PositiveIntegerField(default=1)),
                        ('came_from', models.CharField(blank=True, max_length=80)),
                        ('to_check', models.JSONField(default=list)),
                        ('started_by', models.CharField(max_length=120)),
                        ('edited_by', models.CharField(max_length=120)),
                        ('edited_at', models.DateTimeField(auto_now=True)),
                        ('based_on', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.definitionversion')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['-edited_at'],
                        'constraints': [models.UniqueConstraint(fields=('town', 'slug'), name='forms_draft_of_slug')],
                    },
                ),
            ],
        ),
    ]
