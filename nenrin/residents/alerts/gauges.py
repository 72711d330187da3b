"""Gauges of the alerts: how old each feed is."""

from collections.abc import Iterator

from django.utils import timezone

from nenrin.core.operations.metrics import Gauge, Sample

from .models import FeedState


def _ages() -> Iterator[Sample]:
    now = timezone.now()
    for state in FeedState.objects.exclude(checked_at=None):
        age = (now - (state.checked_at or now)).total_seconds()
        yield Sample(age, {"feed": state.url.rpartition("/")[2]})


ALERT_GAUGES = (Gauge("feed_age_seconds", "since a feed last answered", _ages),)
