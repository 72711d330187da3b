"""Open a concern, once for each household and kind."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.events.bus import announce
from nenrin.core.messaging.models import Endpoint
from nenrin.core.people.models import Household

from ..events import ConcernOpened
from ..models import Concern, WatchPlan

SILENT_AFTER = timedelta(hours=12)


@transaction.atomic
def open_concern(*, household: Household, kind: str, acting_user: str) -> bool:
    """Open a concern; False where one of this kind is open already."""
    concern, is_new = Concern.objects.exclude(state=Concern.State.CLOSED).get_or_create(
        household=household,
        kind=kind,
        defaults={"opened_at": timezone.now()},
    )
    if is_new:
        announce(ConcernOpened(household=household.pk, kind=kind))
        record_act(
            actor=acting_user,
            action="watch.open_concern",
            subject=f"concern:{concern.pk}",
            detail={"kind": kind},
        )
    return is_new


@transaction.atomic
def look_after(*, now: datetime) -> int:
    """Open concerns for missing 元気です and silent tablets of the town in scope; how many."""
    local = timezone.localtime(now)
    missing = WatchPlan.objects.filter(until_hour__lte=local.hour, household__left_on=None).exclude(
        household__check_ins__day=local.date()
    )
    silent = Endpoint.objects.filter(
        kind="tablet", retired_at=None, last_seen_at__lt=now - SILENT_AFTER, household__left_on=None
    )
    found = [(plan.household, Concern.Kind.MISSED) for plan in missing.select_related("household")]
    found += [(e.household, Concern.Kind.SILENT) for e in silent.select_related("household")]
    return sum(
        open_concern(household=household, kind=kind, acting_user="system")
        for household, kind in found
        if not _closed_today(household, kind, local)
    )


def _closed_today(household: Household, kind: str, local: datetime) -> bool:
    return Concern.objects.filter(
        household=household, kind=kind, closed_at__date=local.date()
    ).exists()
