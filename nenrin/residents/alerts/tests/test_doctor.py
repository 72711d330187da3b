from datetime import timedelta

import pytest
from django.utils import timezone

from nenrin.residents.alerts.doctor import find_stale_feeds
from nenrin.residents.alerts.feeds.rounds import HIGH_FREQUENCY, LONG, REGULAR
from nenrin.residents.alerts.models import FeedState

BASE = "https://www.data.jma.go.jp/developer/xml/feed/"


@pytest.fixture
def polling(db, settings, monkeypatch):
    monkeypatch.setattr(settings.NENRIN, "poll_feeds", True)
    monkeypatch.setattr(settings.NENRIN, "rehearsal", False)
    monkeypatch.setattr(settings.NENRIN, "feed_base", BASE)
    now = timezone.now()
    names = (*HIGH_FREQUENCY, *REGULAR, *LONG)
    FeedState.objects.bulk_create(FeedState(url=BASE + name, checked_at=now) for name in names)
    return monkeypatch


def _found():
    return [finding.what for finding in find_stale_feeds()]


def test_feeds_that_are_read_are_no_finding(polling):
    assert _found() == []


def test_a_feed_that_went_quiet_is_told_with_its_reason(polling):
    before = timezone.now() - timedelta(minutes=6)
    FeedState.objects.filter(url=BASE + "extra.xml").update(checked_at=before, failure="HTTP 503")
    (told,) = _found()
    assert "extra.xml" in told and "HTTP 503" in told


def test_a_feed_that_was_never_read_is_told(polling):
    FeedState.objects.filter(url=BASE + "extra_l.xml").delete()
    assert "まだ一度も" in _found()[0]


def test_a_wrong_address_is_told(polling, settings):
    polling.setattr(settings.NENRIN, "feed_base", "http://example.com/")
    assert "見に行けません" in _found()[0]


def test_an_installation_that_does_not_poll_has_nothing_to_tell(db):
    assert _found() == []
