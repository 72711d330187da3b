"""Fetch the telegrams that wait, one by one; a broken one does not stop the others."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from django.db import DataError
from django.utils import timezone

from ..models import Telegram
from ..services.ingest_telegram import ingest_telegram
from ..telegrams.errors import TelegramError
from .addresses import FeedBase
from .client import FeedClient
from .errors import AddressRefused, FeedError
from .waiting import Waiting, Wanted, after_failure, due_now, settled

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """The host we visit, and until when (monotonic seconds) telegrams are begun."""

    base: FeedBase
    client: FeedClient
    until: float


def collect(visit: Visit, waiting: Waiting) -> Waiting:
    """Fetch and store what is due; returns what still waits."""
    left = dict(waiting)
    for feed_id, wanted in due_now(waiting, timezone.now().timestamp()):
        if monotonic() >= visit.until:
            break
        outcome = _try_one(visit, feed_id, wanted)
        if outcome is None:
            del left[feed_id]
        else:
            left[feed_id] = outcome
    return left


def _try_one(visit: Visit, feed_id: str, wanted: Wanted) -> Wanted | None:
    """None when the telegram is stored under this id, else what to remember of it."""
    if is_stored(feed_id):
        return None
    try:
        page = visit.client.get(visit.base.telegram(wanted.link))
        data = page.body if page else b""
        taken = ingest_telegram(data=data, received_at=timezone.now(), feed_id=feed_id)
    except (AddressRefused, TelegramError, DataError) as error:
        logger.warning("entry %s is set aside: %s", feed_id, error)
        return settled(wanted)
    except FeedError as error:
        return _again(feed_id, wanted, error, logger.warning)
    except Exception as error:
        return _again(feed_id, wanted, error, logger.exception)
    # The same bytes may be stored already under another id; this one must not be asked for again.
    return None if taken.row.feed_id == feed_id else settled(wanted)


def _again(feed_id: str, wanted: Wanted, error: Exception, log: Callable[..., None]) -> Wanted:
    log("entry %s failed, try %s: %s", feed_id, wanted.tries + 1, error)
    return after_failure(wanted, timezone.now().timestamp())


def is_stored(feed_id: str) -> bool:
    return Telegram.objects.filter(feed_id=feed_id).exists()


def stored_among(feed_ids: list[str]) -> set[str]:
    """Those of the ids under which a telegram is stored."""
    found = Telegram.objects.filter(feed_id__in=feed_ids)
    return set(found.values_list("feed_id", flat=True))
