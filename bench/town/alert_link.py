"""Print a running town's address and one household's link to its newest alert."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django.setup()

from config.environment import environment  # noqa: E402
from nenrin.cli.stack import rehearsal_addresses  # noqa: E402
from nenrin.core.messaging.models import Delivery  # noqa: E402
from nenrin.core.messaging.tokens import delivery_token  # noqa: E402
from nenrin.core.tenancy.scope import town_scope  # noqa: E402

if __name__ == "__main__":
    with town_scope(environment.default_town):
        found = Delivery.objects.filter(channel__kind="webpush", endpoint__person__isnull=False)
        delivery = found.latest("pk")
        print(rehearsal_addresses(environment.state_dir).web_url)
        print(f"/m/{delivery_token(environment.default_town, delivery.pk)}")
