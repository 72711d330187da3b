import django.db.models.deletion
import nenrin.core.database.create_models
import nenrin.core.tenancy.scope
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
                    name='SupportRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80)),
                        ('telephone', models.CharField(max_length=20)),
                        ('trouble', models.CharField(choices=[('tablet', '町のタブレット'), ('phone', 'スマホの使い方'), ('receive', '知らせが届かない'), ('sign_in', 'サインインできない'), ('line', 'LINE'), ('procedure', '手続きのしかた'), ('other', 'そのほか')], max_length=10)),
                        ('words', models.CharField(blank=True, max_length=400)),
                        ('state', models.CharField(choices=[('new', '新しい'), ('planned', '日が決まりました'), ('closed', '済みました')], default='new', max_length=8)),
                        ('asked_at', models.DateTimeField()),
                        ('visit_at', models.DateTimeField(null=True)),
                        ('visitor', models.CharField(blank=True, max_length=80)),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.district')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['asked_at'],
                    },
                ),
                migrations.CreateModel(
                    name='SupportVisit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('visited_at', models.DateTimeField()),
                        ('minutes', models.PositiveSmallIntegerField()),
                        ('trouble', models.CharField(choices=[('tablet', '町のタブレット'), ('phone', 'スマホの使い方'), ('receive', '知らせが届かない'), ('sign_in', 'サインインできない'), ('line', 'LINE'), ('procedure', '手続きのしかた'), ('other', 'そのほか')], max_length=10)),
                        ('result', models.CharField(choices=[('solved', '解決した'), ('partly', '一部だけ'), ('again', 'もう一度行く')], max_length=8)),
                        ('note', models.CharField(blank=True, max_length=400)),
                        ('visited_by', models.CharField(max_length=120)),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='support.supportrequest')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['visited_at'],
                    },
                ),
            ],
        ),
    ]
