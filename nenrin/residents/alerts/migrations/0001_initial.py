import django.db.models.deletion
import nenrin.core.database.create_models
import nenrin.core.tenancy.scope
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('messaging', '0001_initial'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        nenrin.core.database.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Drill',
                    fields=[
                        ('id', models.UUIDField(primary_key=True, serialize=False)),
                        ('started_at', models.DateTimeField(auto_now_add=True)),
                        ('started_by', models.CharField(max_length=120)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Telegram',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sha256', models.CharField(max_length=64)),
                        ('drill', models.UUIDField(help_text='made for this drill; never real', null=True)),
                        ('raw', models.BinaryField()),
                        ('title', models.CharField(max_length=80)),
                        ('kind', models.CharField(blank=True, max_length=10)),
                        ('status', models.CharField(max_length=4)),
                        ('info_type', models.CharField(max_length=4)),
                        ('event_id', models.CharField(blank=True, max_length=64)),
                        ('serial', models.CharField(blank=True, max_length=10)),
                        ('editorial_office', models.CharField(max_length=80)),
                        ('report_datetime', models.DateTimeField()),
                        ('headline', models.TextField(blank=True)),
                        ('feed_id', models.CharField(blank=True, max_length=200)),
                        ('received_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-report_datetime', '-id'],
                        'indexes': [models.Index(fields=['feed_id'], name='alerts_telegram_feed')],
                        'constraints': [models.UniqueConstraint(fields=('sha256', 'drill'), name='alerts_telegram_once', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='AlertChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.CharField(max_length=80)),
                        ('hazard', models.CharField(max_length=20)),
                        ('kind', models.CharField(choices=[('raised', '発表・引上げ'), ('lowered', '引下げ'), ('lifted', '解除'), ('corrected', '訂正'), ('cancelled', '取消')], max_length=10)),
                        ('name', models.CharField(max_length=80)),
                        ('strength_before', models.PositiveSmallIntegerField()),
                        ('strength_after', models.PositiveSmallIntegerField()),
                        ('action', models.CharField(choices=[('ignore', '何もしない'), ('inform', 'お知らせとして流す'), ('draft', '下書きを職員に渡す'), ('send', 'すぐに送る')], max_length=8)),
                        ('happened_at', models.DateTimeField(auto_now_add=True)),
                        ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='messaging.message')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('drill', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='alerts.drill')),
                        ('telegram', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='alerts.telegram')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='AlertRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('hazard', models.CharField(max_length=20)),
                        ('min_strength', models.PositiveSmallIntegerField()),
                        ('action', models.CharField(choices=[('ignore', '何もしない'), ('inform', 'お知らせとして流す'), ('draft', '下書きを職員に渡す'), ('send', 'すぐに送る')], max_length=8)),
                        ('severity', models.SmallIntegerField(choices=[(0, 'お知らせ'), (1, '情報'), (2, '注意してください'), (3, '早めに行動してください'), (4, '今すぐ行動してください'), (5, 'いのちを守ってください')])),
                        ('asks_safety', models.BooleanField(default=False)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('town', 'hazard', 'min_strength'), name='alerts_rule_once')],
                    },
                ),
                migrations.CreateModel(
                    name='SourceState',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.CharField(max_length=80)),
                        ('drill', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='alerts.drill')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('telegram', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='alerts.telegram')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('town', 'drill', 'source'), name='alerts_source_once', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='HazardState',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.CharField(max_length=80)),
                        ('hazard', models.CharField(max_length=20)),
                        ('name', models.CharField(max_length=80)),
                        ('strength', models.PositiveSmallIntegerField()),
                        ('level', models.PositiveSmallIntegerField(null=True)),
                        ('since', models.DateTimeField()),
                        ('valid_until', models.DateTimeField(null=True)),
                        ('drill', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='alerts.drill')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('telegram', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='alerts.telegram')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('town', 'drill', 'source', 'hazard'), name='alerts_hazard_once', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='TelegramReading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('outcome', models.CharField(max_length=200)),
                        ('read_at', models.DateTimeField(auto_now_add=True)),
                        ('telegram', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='alerts.telegram')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('town', 'telegram'), name='alerts_read_once')],
                    },
                ),
                migrations.CreateModel(
                    name='FeedState',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('url', models.CharField(max_length=300, unique=True)),
                        ('etag', models.CharField(blank=True, max_length=200)),
                        ('last_modified', models.CharField(blank=True, max_length=200)),
                        ('checked_at', models.DateTimeField(help_text='last answered, changed or not', null=True)),
                        ('changed_at', models.DateTimeField(null=True)),
                        ('failure', models.CharField(blank=True, help_text='of the last poll, if any', max_length=200)),
                        ('waiting', models.JSONField(default=dict, help_text='entries named, not stored (feeds.waiting)')),
                        ('claimed_until', models.DateTimeField(help_text='a worker is at it until then', null=True)),
                    ],
                ),
            ],
        ),
    ]
