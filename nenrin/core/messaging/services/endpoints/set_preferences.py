"""When one device stays quiet, and what it is not told."""

from collections.abc import Sequence

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.messaging.models import Endpoint


class PreferencesRefused(Exception):
    """The choice cannot be kept; the text says why, in Japanese."""


@transaction.atomic
def set_preferences(
    *,
    endpoint: Endpoint,
    quiet: tuple[int, int] | None,
    muted_topics: Sequence[str],
    acting_user: str,
) -> None:
    """Keep quiet hours (from, until; hours in Asia/Tokyo) or None, and the topics not wanted.

    Messages that ask for action go all the same. Raises PreferencesRefused for hours that are none
    or leave no quiet time.
    """
    if quiet and (not all(0 <= hour <= 23 for hour in quiet) or quiet[0] == quiet[1]):
        raise PreferencesRefused("静かにする時刻は、はじめとおわりを別の時刻にしてください。")
    endpoint.quiet_from, endpoint.quiet_until = quiet or (None, None)
    endpoint.muted_topics = list(muted_topics)
    endpoint.save(update_fields=["quiet_from", "quiet_until", "muted_topics"])
    record_act(
        actor=acting_user,
        action="messaging.set_preferences",
        subject=f"endpoint:{endpoint.pk}",
        detail={"quiet": list(quiet or ()), "muted": list(muted_topics)},
    )
