"""Poll one feed: claim it, ask whether it changed, fetch what is new, write down how it went.

Nothing here runs inside a transaction; only storing a telegram opens one, with the bytes in hand.
"""

import logging
from datetime import datetime, timedelta
from time import monotonic

from django.db.models import Q
from django.utils import timezone

from ..models import FeedState
from .addresses import FeedBase
from .atom import read_feed
from .client import FeedClient, Page
from .collect import Visit, collect, stored_among
from .errors import FeedError
from .waiting import from_json, merge_page, to_json

logger = logging.getLogger(__name__)
GAP = timedelta(minutes=10)
SPARE = timedelta(seconds=90)  # for the feed itself and the telegram begun last


def poll_feed(base: FeedBase, client: FeedClient, name: str, *, budget: timedelta) -> bool:
    """Take in what a feed has that we have not; True if it may have dropped some meanwhile.

    ``budget`` bounds the time for telegrams; what is left over waits for the next poll. Another
    worker at the same feed makes this one leave at once. A failure is recorded, never raised.
    """
    state = _claim(base.feed(name), budget + SPARE)
    if state is None:
        return False
    try:
        page = client.get(state.url, etag=state.etag, last_modified=state.last_modified)
        was_behind = is_behind(state, timezone.now())
        _record_page(state, page)
        visit = Visit(base, client, monotonic() + budget.total_seconds())
        state.waiting = to_json(collect(visit, from_json(state.waiting)))
        state.save(update_fields=["waiting"])
    except FeedError as error:
        _record_failure(state, error)
        return False
    finally:
        FeedState.objects.filter(pk=state.pk, claimed_until=state.claimed_until).update(
            claimed_until=None
        )
    return was_behind


def is_behind(state: FeedState, now: datetime) -> bool:
    """Whether the feed was out of our sight long enough to have dropped entries."""
    return bool(state.failure) or state.checked_at is None or now - state.checked_at > GAP


def _claim(url: str, lease: timedelta) -> FeedState | None:
    """The feed's state if no living worker is at it; the lease of a dead one runs out."""
    FeedState.objects.get_or_create(url=url)
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    if not FeedState.objects.filter(free, url=url).update(claimed_until=now + lease):
        return None
    return FeedState.objects.get(url=url)


def _record_page(state: FeedState, page: Page | None) -> None:
    """Write down what the feed named before any of it is fetched. Raises FeedMalformed."""
    now = timezone.now()
    if page is not None:
        entries = read_feed(page.body)
        stored = stored_among([entry.feed_id for entry in entries])
        state.waiting = to_json(merge_page(from_json(state.waiting), entries, stored))
        state.etag, state.last_modified = page.etag, page.last_modified
        state.changed_at = now
    state.checked_at, state.failure = now, ""
    state.save(
        update_fields=["waiting", "etag", "last_modified", "changed_at", "checked_at", "failure"]
    )


def _record_failure(state: FeedState, error: FeedError) -> None:
    logger.warning("feed %s failed: %s", state.url, error)
    state.failure = str(error)[:200]
    state.save(update_fields=["failure"])
