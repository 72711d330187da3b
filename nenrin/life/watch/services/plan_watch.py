"""Let a household be missed when its 元気です does not come, or no longer."""

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.people.models import Household

from ..models import WatchPlan


class PlanRefused(Exception):
    """The plan cannot be kept; the text says why, in Japanese."""


@transaction.atomic
def plan_watch(*, household: Household, until_hour: int, asked_by: str, acting_user: str) -> None:
    """Watch a household from today on; raises PlanRefused for an hour outside 6 to 20."""
    if not 6 <= until_hour <= 20:
        raise PlanRefused("6時から20時までの間で選んでください。")
    if not asked_by.strip():
        raise PlanRefused("だれの希望か（本人・家族など）を書いてください。")
    WatchPlan.objects.update_or_create(
        household=household,
        defaults={"until_hour": until_hour, "asked_by": asked_by.strip()[:80]},
    )
    record_act(
        actor=acting_user,
        action="watch.plan",
        subject=f"household:{household.pk}",
        detail={"until_hour": until_hour},
    )


@transaction.atomic
def end_watch(*, household: Household, acting_user: str) -> None:
    """Watch a household no longer."""
    WatchPlan.objects.filter(household=household).delete()
    record_act(actor=acting_user, action="watch.end", subject=f"household:{household.pk}")
