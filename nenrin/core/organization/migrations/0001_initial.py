import django.contrib.postgres.fields
import django.db.models.deletion
import nenrin.core.database.create_models
import nenrin.core.tenancy.scope
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        nenrin.core.database.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Section',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=20)),
                        ('name', models.CharField(max_length=60)),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organization.section')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'ordering': ['code'],
                        'constraints': [models.UniqueConstraint(fields=('town', 'code'), name='organization_section_code')],
                    },
                ),
                migrations.CreateModel(
                    name='StaffMember',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('post', models.CharField(max_length=40)),
                        ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                        ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='organization.section')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='staff_member', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
    ]
