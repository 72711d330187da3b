"""Stop using an address that its owner gave up."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.messaging.models import Endpoint


@transaction.atomic
def retire_endpoints(*, kind: str, address: str, reason: str) -> int:
    """Retire this address in every household of the town in scope; returns how many."""
    return Endpoint.objects.filter(kind=kind, address=address, retired_at=None).update(
        retired_at=timezone.now(), retired_reason=reason[:200]
    )
