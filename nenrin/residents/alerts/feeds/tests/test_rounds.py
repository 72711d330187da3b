"""The jobs: who polls at all, and when the long feeds are read at once."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from ... import tasks
from ...models import FeedState, Telegram
from .. import rounds
from ..rounds import HIGH_FREQUENCY, LONG, poll_round

pytestmark = pytest.mark.django_db
LONG_JOBS = ProcrastinateJob.objects.filter(task_name__endswith="poll_long_feeds")


@pytest.fixture
def polling(host, settings, monkeypatch):
    update = {"poll_feeds": True, "rehearsal": True, "feed_base": f"{host.url}/feed/"}
    settings.NENRIN = settings.NENRIN.model_copy(update=update)
    monkeypatch.setattr(rounds, "sleep", lambda seconds: None)
    return host


def test_nothing_is_polled_unless_asked_for(polling, settings):
    settings.NENRIN = settings.NENRIN.model_copy(update={"poll_feeds": False})
    assert not poll_round(HIGH_FREQUENCY, budget=timedelta(seconds=1))
    assert polling.asked == []


def test_a_rehearsal_never_polls_the_real_feeds(polling, settings, monkeypatch):
    update = {"feed_base": "https://www.data.jma.go.jp/developer/xml/feed/"}
    settings.NENRIN = settings.NENRIN.model_copy(update=update)
    monkeypatch.setattr(rounds, "poll_feed", lambda *a, **k: pytest.fail("polled"))
    assert not poll_round(HIGH_FREQUENCY, budget=timedelta(seconds=1))


def test_the_first_round_queues_the_long_feeds_once(polling):
    for name in HIGH_FREQUENCY:
        polling.serve_feed(name, etag='"1"')
    tasks.poll_high_frequency_feeds(timestamp=0)
    tasks.catch_up()
    assert LONG_JOBS.count() == 1
    LONG_JOBS.all().delete()
    tasks.poll_high_frequency_feeds(timestamp=20)
    assert LONG_JOBS.count() == 0


def test_one_failing_feed_stops_no_other(polling):
    polling.serve_feed("extra.xml", "a")
    polling.serve_telegrams("a")
    tasks.poll_high_frequency_feeds(timestamp=0)
    assert Telegram.objects.get().feed_id == "a"
    assert FeedState.objects.exclude(failure="").get().url.endswith("/eqvol.xml")


def test_a_long_feed_that_failed_is_read_again_at_once(polling):
    for name in (*HIGH_FREQUENCY, *LONG[1:]):
        polling.serve_feed(name, etag='"1"')
    tasks.poll_high_frequency_feeds(timestamp=0)
    tasks.poll_long_feeds(timestamp=0)
    LONG_JOBS.all().delete()
    tasks.poll_high_frequency_feeds(timestamp=20)
    assert LONG_JOBS.count() == 1
