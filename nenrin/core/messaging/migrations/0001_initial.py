import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import nenrin.core.database.create_models
import nenrin.core.tenancy.scope
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('areas', '0001_initial'),
        ('people', '0001_initial'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        nenrin.core.database.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='HouseholdReach',
                    fields=[
                        ('pk', models.CompositePrimaryKey('message', 'household', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('planned', models.PositiveIntegerField()),
                        ('state', models.SmallIntegerField()),
                        ('answered', models.BooleanField()),
                        ('needs_help', models.BooleanField()),
                        ('visiting', models.BooleanField()),
                        ('visited', models.BooleanField()),
                        ('reached', models.BooleanField()),
                    ],
                    options={
                        'db_table': 'messaging_householdreach',
                        'managed': False,
                    },
                ),
                migrations.CreateModel(
                    name='Channel',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=20)),
                        ('name', models.CharField(max_length=60)),
                        ('options', models.JSONField(default=dict)),
                        ('is_enabled', models.BooleanField(default=True)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('town', 'kind'), name='messaging_one_channel')],
                    },
                ),
                migrations.CreateModel(
                    name='Endpoint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=20)),
                        ('address', models.CharField(max_length=1000)),
                        ('keys', models.JSONField(blank=True, default=dict)),
                        ('verified_at', models.DateTimeField(null=True)),
                        ('consented_at', models.DateTimeField(null=True)),
                        ('last_seen_at', models.DateTimeField(blank=True, null=True)),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                        ('retired_reason', models.CharField(blank=True, max_length=200)),
                        ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='endpoints', to='people.household')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='endpoints', to='people.person')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('muted_topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                        ('quiet_from', models.PositiveSmallIntegerField(blank=True, help_text='hour in Asia/Tokyo; with quiet_until, news waits', null=True)),
                        ('quiet_until', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['household', 'kind'], name='messaging_endpoint_kind')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('town', 'kind', 'address', 'household'), name='messaging_endpoint_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Ladder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('severity', models.SmallIntegerField(choices=[(0, 'お知らせ'), (1, '情報'), (2, '注意してください'), (3, '早めに行動してください'), (4, '今すぐ行動してください'), (5, 'いのちを守ってください')])),
                        ('name', models.CharField(max_length=60)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('town', 'severity'), name='messaging_one_ladder')],
                    },
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('source', models.CharField(help_text='alerts, notices …', max_length=40)),
                        ('source_reference', models.CharField(blank=True, max_length=200)),
                        ('title', models.CharField(max_length=120)),
                        ('body', models.TextField()),
                        ('easy_body', models.TextField(blank=True)),
                        ('reading', models.TextField(blank=True)),
                        ('severity', models.SmallIntegerField(choices=[(0, 'お知らせ'), (1, '情報'), (2, '注意してください'), (3, '早めに行動してください'), (4, '今すぐ行動してください'), (5, 'いのちを守ってください')], default=0)),
                        ('asks_safety', models.BooleanField(default=False)),
                        ('is_drill', models.BooleanField(default=False)),
                        ('hurry', models.PositiveSmallIntegerField(default=1, help_text="a drill divides the ladder's waits by this")),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('released_at', models.DateTimeField(null=True)),
                        ('expires_at', models.DateTimeField()),
                        ('supersedes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='messaging.message')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('translations', models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict, help_text='by language: {"en": {"title": …, "body": …}}')),
                        ('topic', models.CharField(blank=True, help_text='of news; may be muted', max_length=20)),
                        ('ends_earlier', models.BooleanField(db_default=False, default=False, help_text='what it supersedes is over, or was a mistake')),
                    ],
                    options={
                        'ordering': ['-created_at'],
                    },
                ),
                migrations.CreateModel(
                    name='Delivery',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('rung', models.PositiveSmallIntegerField(default=0)),
                        ('state', models.SmallIntegerField(choices=[(0, '予定'), (1, '期限切れ'), (2, '新しい知らせに置換'), (3, '届かず'), (4, '送信済み'), (5, '到達'), (6, '開封'), (7, '確認')], default=0)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('due_at', models.DateTimeField(help_text="a claim moves it past the claim's lease")),
                        ('provider_reference', models.CharField(blank=True, max_length=200)),
                        ('failure', models.CharField(blank=True, max_length=200)),
                        ('planned_at', models.DateTimeField()),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('delivered_at', models.DateTimeField(null=True)),
                        ('opened_at', models.DateTimeField(null=True)),
                        ('confirmed_at', models.DateTimeField(null=True)),
                        ('channel', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='messaging.channel')),
                        ('household', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.household')),
                        ('town', models.ForeignKey(db_constraint=False, db_index=False, default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('endpoint', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='messaging.endpoint')),
                        ('message', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='messaging.message')),
                        ('claimed_by', models.BigIntegerField(help_text='the job that has it in hand', null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['endpoint', 'id'], name='messaging_delivery_endpoint'), models.Index(condition=models.Q(('state', 0)), fields=['message', 'channel', 'id'], name='messaging_delivery_planned')],
                        'constraints': [models.UniqueConstraint(fields=('message', 'channel', 'household', 'endpoint'), name='messaging_delivery_once', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='AudienceHousehold',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('district', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.district')),
                        ('household', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.household')),
                        ('town', models.ForeignKey(db_constraint=False, db_index=False, default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('message', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='messaging.message')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('message', 'household'), name='messaging_audience_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Audience',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('all', '全町'), ('districts', '地区'), ('households', '世帯'), ('persons', '人')], default='all', max_length=12)),
                        ('districts', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                        ('households', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                        ('resolved_at', models.DateTimeField(null=True)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='audience', to='messaging.message')),
                        ('persons', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Receipt',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.SmallIntegerField(choices=[(0, '予定'), (1, '期限切れ'), (2, '新しい知らせに置換'), (3, '届かず'), (4, '送信済み'), (5, '到達'), (6, '開封'), (7, '確認')])),
                        ('received_at', models.DateTimeField()),
                        ('delivery', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='receipts', to='messaging.delivery')),
                        ('town', models.ForeignKey(db_constraint=False, db_index=False, default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('delivery', 'state'), name='messaging_receipt_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Rung',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField()),
                        ('wait_seconds', models.PositiveIntegerField()),
                        ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), help_text='visit は訪問リスト', size=None)),
                        ('ladder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rungs', to='messaging.ladder')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['ladder', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('ladder', 'position'), name='messaging_rung_position')],
                    },
                ),
                migrations.CreateModel(
                    name='SafetyAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('answer', models.CharField(choices=[('safe', '無事です'), ('help', '助けが必要です')], max_length=4)),
                        ('words', models.CharField(blank=True, max_length=400)),
                        ('answered_at', models.DateTimeField()),
                        ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.household')),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='messaging.message')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('place', models.CharField(blank=True, db_default='', max_length=120)),
                        ('client_id', models.UUIDField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['message', 'household'], name='messaging_answer')],
                        'constraints': [models.UniqueConstraint(fields=('town', 'client_id'), name='messaging_answer_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Visit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('planned_at', models.DateTimeField()),
                        ('reached_at', models.DateTimeField(null=True)),
                        ('note', models.CharField(blank=True, max_length=400)),
                        ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.household')),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='messaging.message')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('visitor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.visitor')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('message', 'household'), name='messaging_visit_once'), models.CheckConstraint(condition=models.Q(('reached_at', None), ('reached_at__gte', models.F('planned_at')), _connector='OR'), name='messaging_visit_order')],
                    },
                ),
                migrations.CreateModel(
                    name='HouseholdMark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('way', models.CharField(choices=[('phone', '電話'), ('visit', '訪問'), ('other', 'ほかの方法')], max_length=5)),
                        ('result', models.CharField(choices=[('safe', '無事'), ('help', '助けが必要'), ('absent', '会えなかった'), ('back', '取り消し')], max_length=6)),
                        ('note', models.CharField(blank=True, max_length=400)),
                        ('made_by', models.CharField(max_length=120)),
                        ('made_at', models.DateTimeField()),
                        ('answer', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='messaging.safetyanswer')),
                        ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.household')),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='messaging.message')),
                        ('takes_back', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_back_by', to='messaging.householdmark')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('visitor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.visitor')),
                    ],
                    options={
                        'ordering': ['made_at', 'id'],
                        'indexes': [models.Index(fields=['message', 'household'], name='messaging_mark')],
                    },
                ),
                migrations.CreateModel(
                    name='VisitLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('issued_by', models.CharField(max_length=120)),
                        ('issued_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('last_opened_at', models.DateTimeField(null=True)),
                        ('revoked_at', models.DateTimeField(null=True)),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='messaging.message')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('visitor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.visitor')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('message', 'visitor'), name='messaging_one_visit_link')],
                    },
                ),
                migrations.CreateModel(
                    name='SealedPush',
                    fields=[
                        ('delivery', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='messaging.delivery')),
                        ('body', models.BinaryField(max_length=4096)),
                        ('town', models.ForeignKey(db_index=False, default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                ),
                migrations.CreateModel(
                    name='PreKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('header', models.BinaryField(max_length=86)),
                        ('key', models.BinaryField(max_length=16)),
                        ('nonce', models.BinaryField(max_length=12)),
                        ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='messaging.endpoint')),
                        ('town', models.ForeignKey(db_index=False, default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('header',), name='messaging_prekey_once'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('header'), 86)), name='messaging_prekey_header'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('key'), 16)), name='messaging_prekey_key'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('nonce'), 12)), name='messaging_prekey_nonce')],
                    },
                ),
            ],
        ),
    ]
