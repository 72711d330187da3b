import django.db.models.deletion
import nenrin.core.database.create_models
import nenrin.core.tenancy.scope
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('files', '0001_initial'),
        ('messaging', '0001_initial'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        nenrin.core.database.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Notice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('news', 'お知らせ'), ('magazine', '広報'), ('handout', '配布物'), ('circular', '回覧板')], default='news', max_length=10)),
                        ('topic', models.CharField(max_length=20)),
                        ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='notice', to='messaging.message')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['-message__released_at'],
                    },
                ),
                migrations.CreateModel(
                    name='Document',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=120)),
                        ('state', models.CharField(choices=[('waiting', '準備しています'), ('ready', '読めます'), ('failed', 'ページにできません')], default='waiting', max_length=8)),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='notices.notice')),
                    ],
                    options={
                        'ordering': ['id'],
                    },
                ),
                migrations.CreateModel(
                    name='DocumentPage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('text', models.TextField(blank=True)),
                        ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='notices.document')),
                        ('picture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='notices_page_once')],
                    },
                ),
                migrations.CreateModel(
                    name='NoticeRead',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('read_at', models.DateTimeField(auto_now_add=True)),
                        ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reads', to='notices.notice')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('notice', 'user'), name='notices_read_once')],
                    },
                ),
            ],
        ),
    ]
