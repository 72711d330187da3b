"""Which feeds are polled together, and when the long ones are owed."""

import logging
import random
from collections.abc import Sequence
from datetime import timedelta
from time import sleep

from django.conf import settings

from ..models import FeedState
from .addresses import FeedBase, feed_base
from .client import FeedClient
from .errors import AddressRefused
from .poll import poll_feed

logger = logging.getLogger(__name__)
HIGH_FREQUENCY = ("eqvol.xml", "extra.xml")
REGULAR = ("regular.xml", "other.xml")
LONG = ("eqvol_l.xml", "extra_l.xml", "regular_l.xml", "other_l.xml")
SHORT_BUDGET = timedelta(seconds=60)
LONG_BUDGET = timedelta(minutes=4)
JITTER = 3.0


def poll_round(names: Sequence[str], *, budget: timedelta, jitter: float = JITTER) -> bool:
    """Poll feeds one after another; True when the long feeds should be read at once.

    Does nothing unless the installation polls. The jitter keeps towns from asking in step.
    """
    base = _base()
    if base is None:
        return False
    sleep(random.uniform(0.0, jitter))
    with FeedClient() as client:
        was_behind = [poll_feed(base, client, name, budget=budget) for name in names]
    return any(was_behind) or _long_feed_failed(base)


def _base() -> FeedBase | None:
    if not settings.NENRIN.poll_feeds:
        return None
    try:
        return feed_base(settings.NENRIN.feed_base, rehearsal=settings.NENRIN.rehearsal)
    except AddressRefused as error:
        logger.error("feeds are not polled: %s", error)
        return None


def _long_feed_failed(base: FeedBase) -> bool:
    urls = [base.feed(name) for name in LONG]
    return FeedState.objects.filter(url__in=urls).exclude(failure="").exists()
