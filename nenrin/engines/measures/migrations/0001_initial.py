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
                    name='Measure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=10)),
                        ('name', models.CharField(max_length=80)),
                        ('purpose', models.TextField()),
                        ('position', models.PositiveSmallIntegerField()),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['position'],
                        'constraints': [models.UniqueConstraint(fields=('town', 'code'), name='measures_code')],
                    },
                ),
                migrations.CreateModel(
                    name='Goal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField()),
                        ('name', models.CharField(max_length=80)),
                        ('target', models.FloatField(null=True)),
                        ('target_words', models.CharField(max_length=40)),
                        ('unit', models.CharField(max_length=10)),
                        ('due_fiscal_year', models.PositiveSmallIntegerField(null=True)),
                        ('gauge', models.CharField(blank=True, max_length=40)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='measures.measure')),
                    ],
                    options={
                        'ordering': ['measure', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('town', 'key'), name='measures_goal_key'), models.CheckConstraint(condition=models.Q(('target', None), ('target__gt', 0), _connector='OR'), name='measures_goal_target')],
                    },
                ),
                migrations.CreateModel(
                    name='Step',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fiscal_year', models.PositiveSmallIntegerField()),
                        ('words', models.CharField(max_length=300)),
                        ('state', models.CharField(choices=[('planned', 'これから'), ('doing', '進めています'), ('done', 'できました')], default='planned', max_length=8)),
                        ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='measures.measure')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['fiscal_year', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='HandFigure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fiscal_year', models.PositiveSmallIntegerField()),
                        ('value', models.FloatField()),
                        ('source', models.CharField(max_length=200)),
                        ('entered_by', models.CharField(max_length=120)),
                        ('entered_at', models.DateTimeField(auto_now_add=True)),
                        ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hand_figures', to='measures.goal')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['-entered_at', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='measures_figure_value')],
                    },
                ),
            ],
        ),
    ]
