import django.db.models.deletion
import nenrin.core.database.create_models
import nenrin.core.tenancy.scope
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('organization', '0001_initial'),
        ('people', '0001_initial'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        nenrin.core.database.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Case',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fiscal_year', models.PositiveSmallIntegerField()),
                        ('serial', models.PositiveIntegerField()),
                        ('kind', models.CharField(max_length=60)),
                        ('title', models.CharField(max_length=400)),
                        ('state', models.CharField(choices=[('received', '受け付けました'), ('review', '審査しています'), ('asked', '直しをお願いしています'), ('next', '次の書類を待っています'), ('decided', '決まりました'), ('withdrawn', '取り下げました')], default='received', max_length=10)),
                        ('opened_at', models.DateTimeField()),
                        ('deadline', models.DateField(null=True)),
                        ('asked_on', models.DateField(null=True)),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organization.staffmember')),
                        ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.household')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.section')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('due', models.DateField(null=True)),
                        ('stage', models.PositiveSmallIntegerField(default=1)),
                        ('stage_title', models.CharField(blank=True, max_length=60)),
                    ],
                    options={
                        'ordering': ['deadline', 'opened_at'],
                        'indexes': [models.Index(condition=models.Q(('state__in', ['received', 'review', 'asked'])), fields=['section', 'deadline'], name='casework_queue'), models.Index(fields=['household', 'opened_at'], name='casework_household')],
                        'constraints': [models.UniqueConstraint(fields=('town', 'fiscal_year', 'serial'), name='casework_number')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseCounter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fiscal_year', models.PositiveSmallIntegerField()),
                        ('last', models.PositiveIntegerField(default=0)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('town', 'fiscal_year'), name='casework_one_counter')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('received', '受け付けました'), ('assigned', '担当が決まりました'), ('reviewed', '審査を始めました'), ('asked', '直しをお願いしました'), ('mended', '直したものが届きました'), ('to_applicant', '役場からの連絡'), ('from_applicant', '申請した人からの連絡'), ('note', 'メモ'), ('checked', '確かめました'), ('decided', '決まりました'), ('withdrawn', '取り下げました'), ('handed_off', 'ほかの仕組みへ渡しました'), ('next', '次の書類をお願いしました'), ('entered', '次の書類を受け付けました'), ('ready', 'お渡しできます'), ('handed', 'お渡ししました'), ('arrived', '書類が届きました')], max_length=16)),
                        ('words', models.TextField(blank=True)),
                        ('details', models.JSONField(default=dict)),
                        ('made_by', models.CharField(max_length=120)),
                        ('made_at', models.DateTimeField()),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='casework.case')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['made_at', 'id'],
                        'indexes': [models.Index(fields=['case', 'made_at'], name='casework_timeline')],
                    },
                ),
                migrations.CreateModel(
                    name='CheckItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=60)),
                        ('label', models.CharField(max_length=200)),
                        ('done_at', models.DateTimeField(null=True)),
                        ('done_by', models.CharField(blank=True, max_length=120)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='casework.case')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(fields=('case', 'key'), name='casework_check_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('outcome', models.CharField(choices=[('approved', '認める'), ('refused', '認めない')], max_length=8)),
                        ('words', models.TextField()),
                        ('grounds', models.TextField()),
                        ('decided_by', models.CharField(max_length=120)),
                        ('decided_at', models.DateTimeField()),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', related_query_name='decision', to='casework.case')),
                        ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('stage', models.PositiveSmallIntegerField(default=1)),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('case', 'stage'), name='casework_decided_once')],
                        'ordering': ['stage'],
                    },
                ),
                migrations.CreateModel(
                    name='Collection',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('way', models.CharField(choices=[('visit', '窓口で渡す'), ('post', '郵送する')], max_length=5)),
                        ('words', models.TextField(blank=True)),
                        ('asked_by', models.CharField(max_length=120)),
                        ('asked_at', models.DateTimeField()),
                        ('done_by', models.CharField(blank=True, max_length=120)),
                        ('done_at', models.DateTimeField(null=True)),
                        ('done_words', models.CharField(blank=True, max_length=200)),
                        ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='collection', to='casework.case')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['asked_at'], name='casework_to_collect')],
                    },
                ),
                migrations.CreateModel(
                    name='HandOff',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('form', models.CharField(max_length=40)),
                        ('made_by', models.CharField(max_length=120)),
                        ('made_at', models.DateTimeField()),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['-made_at'],
                    },
                ),
                migrations.CreateModel(
                    name='HandOffLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('stage', models.PositiveSmallIntegerField(default=1)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_offs', to='casework.case')),
                        ('hand_off', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='casework.handoff')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('hand_off', 'case'), name='casework_once_in_a_file')],
                    },
                ),
            ],
        ),
    ]
