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
        ('areas', '0001_initial'),
        ('messaging', '0001_initial'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        nenrin.core.database.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120)),
                        ('hazard', models.CharField(choices=[('landslide', '土砂災害'), ('flood', '洪水'), ('snow', '大雪'), ('quake', '地震'), ('other', 'その他')], max_length=12)),
                        ('is_drill', models.BooleanField(default=False)),
                        ('opened_at', models.DateTimeField(auto_now_add=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['-opened_at'],
                    },
                ),
                migrations.CreateModel(
                    name='MessageDraft',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('state', models.CharField(choices=[('writing', '下書き'), ('asked', '同意を待っています'), ('released', '送りました'), ('discarded', '取りやめました')], default='writing', max_length=10)),
                        ('kind', models.CharField(choices=[('news', 'ふつうの知らせ'), ('important', '重要な知らせ'), ('order', '避難情報'), ('lift', '解除'), ('cancel', '取消'), ('weather', '気象の知らせ')], max_length=10)),
                        ('level', models.PositiveSmallIntegerField(blank=True, choices=[(3, '高齢者等避難'), (4, '避難指示'), (5, '緊急安全確保')], null=True)),
                        ('hazard', models.CharField(choices=[('landslide', '土砂災害'), ('flood', '洪水'), ('snow', '大雪'), ('quake', '地震'), ('other', 'その他')], default='other', max_length=12)),
                        ('severity', models.SmallIntegerField(choices=[(0, 'お知らせ'), (1, '情報'), (2, '注意してください'), (3, '早めに行動してください'), (4, '今すぐ行動してください'), (5, 'いのちを守ってください')], default=0)),
                        ('is_whole_town', models.BooleanField(default=False)),
                        ('districts', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                        ('expires_at', models.DateTimeField(blank=True, null=True)),
                        ('asks_safety', models.BooleanField(default=False)),
                        ('is_drill', models.BooleanField(default=False)),
                        ('title', models.CharField(blank=True, max_length=120)),
                        ('body', models.TextField(blank=True)),
                        ('easy_body', models.TextField(blank=True)),
                        ('reading', models.TextField(blank=True)),
                        ('english_title', models.CharField(blank=True, max_length=200)),
                        ('english_body', models.TextField(blank=True)),
                        ('proposal', models.CharField(blank=True, help_text="digest of the template's words; equal: not edited", max_length=64)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('saved_at', models.DateTimeField(auto_now=True)),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('edited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='orders.event')),
                        ('made_by_telegram', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='messaging.message')),
                        ('message', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='written', to='messaging.message')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['-created_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'order'), _negated=True), ('level__isnull', False), _connector='OR'), name='orders_order_has_level'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'released'), _negated=True), ('message__isnull', False), _connector='OR'), name='orders_released_has_message')],
                    },
                ),
                migrations.CreateModel(
                    name='DraftStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('act', models.CharField(choices=[('started', '起案'), ('asked', '同意を頼みました'), ('taken_back', '同意の頼みを取り下げました'), ('returned', '差し戻しました'), ('consented', '同意しました'), ('released', '送りました'), ('broke_glass', '同意を待たずに一人で送りました'), ('reviewed', 'あとから確かめました'), ('discarded', '取りやめました'), ('taken_over', '自動で出た知らせを引き継ぎました')], max_length=12)),
                        ('at', models.DateTimeField(auto_now_add=True)),
                        ('words', models.CharField(blank=True, max_length=400)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='orders.messagedraft')),
                    ],
                    options={
                        'ordering': ['at', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='ConsentRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('news', 'ふつうの知らせ'), ('important', '重要な知らせ'), ('order', '避難情報'), ('lift', '解除'), ('cancel', '取消'), ('weather', '気象の知らせ')], max_length=10)),
                        ('from_severity', models.SmallIntegerField(default=0, help_text='9: never')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('town', 'kind'), name='orders_one_consent_rule')],
                    },
                ),
                migrations.CreateModel(
                    name='EvacuationOrder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('hazard', models.CharField(choices=[('landslide', '土砂災害'), ('flood', '洪水'), ('snow', '大雪'), ('quake', '地震'), ('other', 'その他')], max_length=12)),
                        ('level', models.PositiveSmallIntegerField(choices=[(3, '高齢者等避難'), (4, '避難指示'), (5, '緊急安全確保')])),
                        ('is_drill', models.BooleanField(default=False)),
                        ('since', models.DateTimeField()),
                        ('lifted_at', models.DateTimeField(blank=True, null=True)),
                        ('ending', models.CharField(blank=True, choices=[('changed', '別の発令に変わりました'), ('lifted', '解除'), ('cancelled', '取消')], max_length=10)),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.district')),
                        ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='messaging.message')),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='messaging.message')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='orders.event')),
                    ],
                    options={
                        'ordering': ['-level', 'district__code'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('district', 'hazard', 'is_drill'), name='orders_one_in_force')],
                    },
                ),
            ],
        ),
    ]
