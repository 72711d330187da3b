"""Keep a household's 元気です."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.people.models import Household

from ..models import CheckIn, Concern
from .close_concern import close_open_concerns


@transaction.atomic
def check_in(*, household: Household) -> bool:
    """Record today's 元気です; False if it was there already. A missed one is closed by it."""
    now = timezone.now()
    _, is_first = CheckIn.objects.get_or_create(
        household=household, day=timezone.localdate(now), defaults={"at": now}
    )
    close_open_concerns(
        household=household, kind=Concern.Kind.MISSED, note="あとから元気ですが届きました"
    )
    return is_first
