import django.db.models.deletion
import django.db.models.functions.text
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
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('email', models.EmailField(blank=True, help_text='empty: signs in by My Number card alone', max_length=254)),
                        ('name', models.CharField(max_length=80)),
                        ('kind', models.CharField(choices=[('resident', '町民'), ('staff', '職員')], default='resident', max_length=10)),
                        ('is_active', models.BooleanField(default=True)),
                        ('date_joined', models.DateTimeField(auto_now_add=True)),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(models.F('town'), django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='accounts_email')],
                    },
                ),
            ],
        ),
    ]
