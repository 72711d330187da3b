"""Staff decide what can be booked, and when."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ..models import Closure, Opening, Resource
from ..rules import Times


@transaction.atomic
def set_pattern(
    *, key: str, fields: dict[str, Any], times: Sequence[Times], acting_user: str
) -> Resource:
    """Make a resource or change it; its weekly times are replaced, bookings stay."""
    resource, _ = Resource.objects.update_or_create(key=key, defaults=fields)
    resource.openings.all().delete()
    Opening.objects.bulk_create(
        Opening(
            resource=resource, weekday=t.weekday, starts=t.starts, ends=t.ends, minutes=t.minutes
        )
        for t in times
    )
    record_act(actor=acting_user, action="bookings.pattern", subject=f"resource:{key}")
    return resource


@transaction.atomic
def set_closed(
    *, resource: Resource, day: date, reason: str, is_closed: bool, acting_user: str
) -> None:
    """Close a day, or open it again; bookings that stand on it are for staff to move."""
    if is_closed:
        Closure.objects.update_or_create(resource=resource, day=day, defaults={"reason": reason})
    else:
        Closure.objects.filter(resource=resource, day=day).delete()
    record_act(
        actor=acting_user,
        action="bookings.close",
        subject=f"resource:{resource.key}",
        detail={"day": day.isoformat(), "closed": is_closed},
    )
