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
                    name='Account',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=60)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['key'],
                        'constraints': [models.UniqueConstraint(fields=('town', 'key'), name='payments_account_key')],
                    },
                ),
                migrations.CreateModel(
                    name='Merchant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('provider', models.CharField(max_length=20)),
                        ('is_enabled', models.BooleanField(default=True)),
                        ('options', models.JSONField(default=dict)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(fields=('town', 'provider'), name='payments_merchant_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PaymentRequest',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('subject', models.CharField(max_length=80)),
                        ('title', models.CharField(max_length=400)),
                        ('label', models.CharField(blank=True, max_length=40)),
                        ('basis', models.CharField(blank=True, max_length=400)),
                        ('income', models.CharField(default='fees', max_length=40)),
                        ('is_online', models.BooleanField(default=True, help_text='may be paid from home')),
                        ('amount', models.PositiveIntegerField()),
                        ('waived', models.PositiveIntegerField(default=0)),
                        ('paid', models.PositiveIntegerField(default=0)),
                        ('refunded', models.PositiveIntegerField(default=0)),
                        ('state', models.CharField(choices=[('waiting', '支払い待ち'), ('settled', '支払い済み'), ('overpaid', '払いすぎ'), ('free', '支払い不要')], default='waiting', max_length=8)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('settled_at', models.DateTimeField(null=True)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['-made_at'],
                        'indexes': [models.Index(fields=['state', 'made_at'], name='payments_by_state')],
                        'constraints': [models.UniqueConstraint(fields=('town', 'subject'), name='payments_subject_once'), models.CheckConstraint(condition=models.Q(('waived__lte', models.F('amount'))), name='payments_waived_within'), models.CheckConstraint(condition=models.Q(('refunded__lte', models.F('paid'))), name='payments_refunded_within')],
                    },
                ),
                migrations.CreateModel(
                    name='Payment',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('provider', models.CharField(max_length=20)),
                        ('amount', models.PositiveIntegerField(help_text='what was asked for')),
                        ('received', models.PositiveIntegerField(default=0, help_text='what really came')),
                        ('refunded', models.PositiveIntegerField(default=0)),
                        ('state', models.CharField(choices=[('started', '用意しています'), ('open', '支払いを待っています'), ('paid', '支払われました'), ('cancelled', 'やめました'), ('failed', 'つながりませんでした')], default='started', max_length=9)),
                        ('reference', models.CharField(blank=True, max_length=120)),
                        ('charge', models.CharField(blank=True, max_length=120)),
                        ('url', models.CharField(blank=True, max_length=2000)),
                        ('return_url', models.CharField(blank=True, max_length=400)),
                        ('words', models.CharField(blank=True, help_text='why it failed', max_length=200)),
                        ('made_by', models.CharField(max_length=120)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('paid_at', models.DateTimeField(null=True)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='payments.paymentrequest')),
                    ],
                    options={
                        'ordering': ['-made_at'],
                        'indexes': [models.Index(fields=['provider', 'paid_at'], name='payments_by_day'), models.Index(condition=models.Q(('state__in', ['started', 'open'])), fields=['made_at'], name='payments_open')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('town', 'provider', 'reference'), name='payments_reference_once'), models.CheckConstraint(condition=models.Q(('refunded__lte', models.F('received'))), name='payments_given_back_within')],
                    },
                ),
                migrations.CreateModel(
                    name='ProviderEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('provider', models.CharField(max_length=20)),
                        ('event', models.CharField(max_length=120)),
                        ('kind', models.CharField(max_length=60)),
                        ('taken_at', models.DateTimeField(auto_now_add=True)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('town', 'provider', 'event'), name='payments_event_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Reconciliation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('provider', models.CharField(max_length=20)),
                        ('day', models.DateField()),
                        ('matched', models.PositiveIntegerField()),
                        ('here', models.IntegerField(help_text='yen booked here')),
                        ('there', models.IntegerField(help_text='yen the provider reports')),
                        ('ran_at', models.DateTimeField(auto_now_add=True)),
                        ('ran_by', models.CharField(max_length=120)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['-day', 'provider', '-ran_at'],
                    },
                ),
                migrations.CreateModel(
                    name='Difference',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('missing_here', 'こちらに記録がない'), ('missing_there', '事業者の報告にない'), ('amount', '金額が違う')], max_length=13)),
                        ('reference', models.CharField(max_length=120)),
                        ('here', models.IntegerField(null=True)),
                        ('there', models.IntegerField(null=True)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('reconciliation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='differences', to='payments.reconciliation')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Refund',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('amount', models.PositiveIntegerField()),
                        ('reason', models.CharField(max_length=200)),
                        ('state', models.CharField(choices=[('asked', '返しています'), ('done', '返しました'), ('failed', '返せませんでした')], default='asked', max_length=6)),
                        ('reference', models.CharField(blank=True, max_length=120)),
                        ('words', models.CharField(blank=True, help_text='why it failed', max_length=200)),
                        ('asked_by', models.CharField(max_length=120)),
                        ('asked_at', models.DateTimeField(auto_now_add=True)),
                        ('done_at', models.DateTimeField(null=True)),
                        ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.payment')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['-asked_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payments_refund_positive')],
                    },
                ),
                migrations.CreateModel(
                    name='Transaction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('charged', '請求'), ('waived', '減免・取り消し'), ('paid', '受け取り'), ('refunded', '返金')], max_length=8)),
                        ('words', models.CharField(blank=True, max_length=200)),
                        ('made_by', models.CharField(max_length=120)),
                        ('made_at', models.DateTimeField()),
                        ('payment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.payment')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transactions', to='payments.paymentrequest')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['made_at', 'id'],
                        'indexes': [models.Index(fields=['made_at'], name='payments_journal')],
                    },
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('amount', models.IntegerField()),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='payments.account')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('transaction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='payments.transaction')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='payments_entry_not_zero')],
                    },
                ),
            ],
        ),
    ]
