import django.contrib.postgres.fields
import django.db.models.deletion
import nenrin.core.database.create_models
import nenrin.core.tenancy.scope
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('casework', '0001_initial'),
        ('files', '0001_initial'),
        ('forms', '0001_initial'),
        ('messaging', '0001_initial'),
        ('people', '0001_initial'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        nenrin.core.database.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Application',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('mouth', models.CharField(choices=[('phone', 'スマホ・パソコン'), ('counter', '窓口'), ('telephone', '電話'), ('paper', '紙')], default='phone', max_length=9)),
                        ('typed_by', models.CharField(max_length=120)),
                        ('identity', models.CharField(choices=[('none', '確かめていない'), ('contact', '連絡先'), ('login', 'サインイン'), ('desk', '職員が確かめた'), ('card', 'マイナンバーカード')], default='none', max_length=7)),
                        ('answers', models.JSONField(default=dict)),
                        ('open_fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                        ('fee', models.JSONField(null=True)),
                        ('code_hash', models.CharField(blank=True, max_length=64)),
                        ('started_at', models.DateTimeField(auto_now_add=True)),
                        ('changed_at', models.DateTimeField(auto_now=True)),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='casework.case')),
                        ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.household')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='forms.definitionversion')),
                        ('erased_at', models.DateTimeField(null=True)),
                        ('follows', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followers', to='procedures.application')),
                        ('stage', models.PositiveSmallIntegerField(default=1)),
                        ('warned_at', models.DateTimeField(null=True)),
                        ('card', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.cardidentity')),
                        ('identity_at', models.DateTimeField(null=True)),
                        ('reached', models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        'ordering': ['-changed_at'],
                        'indexes': [models.Index(fields=['user', 'changed_at'], name='procedures_mine')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('code_hash', ''), _negated=True), fields=('town', 'code_hash'), name='procedures_code_once'), models.UniqueConstraint(fields=('case', 'stage'), name='procedures_stage_of_case'), models.UniqueConstraint(fields=('follows', 'stage'), name='procedures_stage_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ApplicationFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('question', models.CharField(max_length=40)),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='procedures.application')),
                        ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ApplicationNotice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('turn', models.CharField(max_length=12)),
                        ('title', models.CharField(max_length=120)),
                        ('body', models.TextField()),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='procedures.application')),
                        ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='messaging.message')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['made_at', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='ApplicationRevision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('submission', models.UUIDField()),
                        ('number', models.PositiveSmallIntegerField()),
                        ('answers', models.JSONField()),
                        ('sent_by', models.CharField(max_length=120)),
                        ('sent_at', models.DateTimeField()),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='procedures.application')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['application', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('application', 'number'), name='procedures_revision_number'), models.UniqueConstraint(fields=('application', 'submission'), name='procedures_submission_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Signature',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(max_length=40)),
                        ('name', models.CharField(help_text='as the applicant calls them', max_length=80)),
                        ('email', models.EmailField(blank=True, help_text='empty: the applicant hands the link over', max_length=254)),
                        ('state', models.CharField(choices=[('invited', '署名を待っています'), ('signed', '署名しました'), ('declined', '署名しないと答えました'), ('void', '答えが変わったので、もう一度署名が要ります')], default='invited', max_length=8)),
                        ('link_round', models.PositiveSmallIntegerField(default=0, help_text='older links are closed')),
                        ('invited_at', models.DateTimeField()),
                        ('reminded_at', models.DateTimeField(null=True)),
                        ('reminders', models.PositiveSmallIntegerField(default=0)),
                        ('who', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), blank=True, default=list, size=None)),
                        ('signed_name', models.CharField(blank=True, max_length=80)),
                        ('identity', models.CharField(choices=[('none', '確かめていない'), ('contact', '連絡先'), ('login', 'サインイン'), ('desk', '職員が確かめた'), ('card', 'マイナンバーカード')], default='none', max_length=7)),
                        ('digest', models.CharField(blank=True, max_length=64)),
                        ('signed_at', models.DateTimeField(null=True)),
                        ('words', models.CharField(blank=True, max_length=400)),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='procedures.application')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['application', 'role', 'id'],
                    },
                ),
            ],
        ),
    ]
