"""Reading the town's state."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import AlertChange, AlertRule, HazardState


def hazards_in_force() -> QuerySet[HazardState]:
    """What is in force in the town now, strongest first; drills are not."""
    return (
        HazardState.objects.filter(drill=None, strength__gt=0)
        .filter(Q(valid_until=None) | Q(valid_until__gt=timezone.now()))
        .exclude(hazard__in=["quake", "heat", "flash"])
        .order_by("-level", "-strength", "since")
    )


def waiting_drafts() -> QuerySet[AlertChange]:
    """Drafts that telegrams made and nobody has sent yet; an expired one waits no more."""
    return (
        AlertChange.objects.filter(
            action=AlertRule.Action.DRAFT,
            message__released_at=None,
            message__expires_at__gt=timezone.now(),
        )
        .select_related("message", "telegram")
        .order_by("-happened_at")
    )
