"""Stop using one address, because its owner or the counter says so."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.messaging.models import Endpoint


@transaction.atomic
def retire_endpoint(*, endpoint: Endpoint, reason: str, acting_user: str) -> None:
    """Retire it; what is on its way may still arrive. One that is retired stays as it is."""
    in_use = Endpoint.objects.filter(pk=endpoint.pk, retired_at=None)
    if not in_use.update(retired_at=timezone.now(), retired_reason=reason[:200]):
        return
    record_act(
        actor=acting_user,
        action="messaging.retire_endpoint",
        subject=f"endpoint:{endpoint.pk}",
        detail={"kind": endpoint.kind, "household": endpoint.household_id},
    )
