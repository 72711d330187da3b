import django.db.models.deletion
import nenrin.core.database.create_models
import nenrin.core.tenancy.scope
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('areas', '0001_initial'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        nenrin.core.database.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Household',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.CharField(max_length=20)),
                        ('address', models.CharField(max_length=120)),
                        ('left_on', models.DateField(blank=True, null=True)),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='households', to='areas.district')),
                        ('neighbourhood', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='areas.neighbourhood')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('left_on', None)), fields=['town', 'district'], name='people_living')],
                        'constraints': [models.UniqueConstraint(fields=('town', 'number'), name='people_household_number')],
                    },
                ),
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.CharField(max_length=20)),
                        ('family_name', models.CharField(max_length=40)),
                        ('given_name', models.CharField(max_length=40)),
                        ('family_name_kana', models.CharField(max_length=60)),
                        ('given_name_kana', models.CharField(max_length=60)),
                        ('birth_date', models.DateField(null=True)),
                        ('sex', models.CharField(blank=True, choices=[('F', '女'), ('M', '男'), ('', '不明')], max_length=1)),
                        ('is_head', models.BooleanField(default=False)),
                        ('left_on', models.DateField(blank=True, null=True)),
                        ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='people.household')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='person', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('town', 'number'), name='people_person_number')],
                    },
                ),
                migrations.CreateModel(
                    name='Consent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('purpose', models.CharField(choices=[('messages', '町からの知らせを受け取る'), ('share_safety', '安否を離れて暮らす家族に伝える')], max_length=20)),
                        ('given_at', models.DateTimeField()),
                        ('given_by', models.CharField(help_text='本人・窓口・代理人など', max_length=80)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.person')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('person', 'purpose'), name='people_one_consent')],
                    },
                ),
                migrations.CreateModel(
                    name='Relation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('guardian', '保護者'), ('watches_over', '見守る家族')], max_length=20)),
                        ('giver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cares_for', to='people.person')),
                        ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cared_by', to='people.person')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('kind', 'giver', 'receiver'), name='people_relation_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Visitor',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80)),
                        ('duty', models.CharField(max_length=40)),
                        ('telephone', models.CharField(blank=True, max_length=20)),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visitors', to='areas.district')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CorrectionRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('words', models.CharField(max_length=400)),
                        ('asked_at', models.DateTimeField()),
                        ('outcome', models.CharField(blank=True, choices=[('', '確認を待っています'), ('done', '直しました'), ('declined', '直せませんでした')], default='', max_length=10)),
                        ('answer', models.CharField(blank=True, max_length=400)),
                        ('settled_at', models.DateTimeField(null=True)),
                        ('settled_by', models.CharField(blank=True, max_length=120)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='people.person')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['-asked_at'],
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('sign_in', 'サインイン'), ('watch', '見守り')], max_length=8)),
                        ('email', models.EmailField(blank=True, help_text='empty: a printed code, which only asks for one', max_length=254)),
                        ('code_hash', models.CharField(max_length=64)),
                        ('made_by', models.CharField(max_length=120)),
                        ('made_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(help_text='used or withdrawn', null=True)),
                        ('failures', models.PositiveSmallIntegerField(default=0)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='people.person')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('town', 'code_hash'), name='people_invitation_code')],
                    },
                ),
                migrations.CreateModel(
                    name='CardIdentity',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('issuer', models.CharField(max_length=200)),
                        ('subject', models.CharField(max_length=255)),
                        ('state', models.CharField(choices=[('waiting', '役場が確かめています'), ('linked', '結びついています'), ('declined', '結びつけられませんでした')], default='waiting', max_length=8)),
                        ('says', models.JSONField(blank=True, default=dict)),
                        ('first_at', models.DateTimeField()),
                        ('last_at', models.DateTimeField()),
                        ('settled_at', models.DateTimeField(null=True)),
                        ('settled_by', models.CharField(blank=True, max_length=120)),
                        ('reason', models.CharField(blank=True, max_length=400)),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='cards', to='people.person')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('user', models.ForeignKey(help_text='who was signed in when the card first came', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['first_at'],
                        'constraints': [models.UniqueConstraint(fields=('town', 'issuer', 'subject'), name='people_card_once'), models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('state', 'linked')), models.Q(models.Q(('state', 'linked'), _negated=True), ('person__isnull', True)), _connector='OR'), name='people_card_linked')],
                    },
                ),
            ],
        ),
    ]
