from django.db import migrations


class Migration(migrations.Migration):
    """Nothing ever read it: numbers are called without the service's name."""

    dependencies = [("counter", "0001_initial")]

    operations = [migrations.RemoveField("service", "reading")]
