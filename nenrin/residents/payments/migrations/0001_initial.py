import django.db.models.deletion
import nenrin.core.database.create_models
import nenrin.core.tenancy.scope
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('payments', '0001_initial'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        nenrin.core.database.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='TaxSlip',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('agency', models.CharField(max_length=5, verbose_name='収納機関番号')),
                        ('payment_number', models.CharField(max_length=20, verbose_name='納付番号')),
                        ('confirmation', models.CharField(max_length=6, verbose_name='確認番号')),
                        ('payment_class', models.CharField(max_length=10, verbose_name='納付区分')),
                        ('kept_by', models.CharField(max_length=120)),
                        ('kept_at', models.DateTimeField(auto_now=True)),
                        ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='slip', to='payments.paymentrequest')),
                        ('town', models.ForeignKey(default=nenrin.core.tenancy.scope.default_town_code, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.town')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
    ]
