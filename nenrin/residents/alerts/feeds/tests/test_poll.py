"""One feed against a real server: what is stored, what is asked again, what is written down."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from ...models import FeedState, Telegram
from ...services.ingest_telegram import ingest_telegram
from .. import collect as collect_module
from ..addresses import FeedBase
from ..client import FeedClient, Limits
from ..poll import is_behind, poll_feed
from .host import Reply, atom, telegram

pytestmark = pytest.mark.django_db
QUICK = Limits(connect=0.5, silence=0.3, whole=0.8, size=100_000)


def poll(base: FeedBase, name: str = "extra.xml") -> bool:
    with FeedClient(QUICK) as client:
        return poll_feed(base, client, name, budget=timedelta(seconds=5))


def stored() -> list[str]:
    return sorted(Telegram.objects.values_list("feed_id", flat=True))


def state(name: str = "extra.xml") -> FeedState:
    return FeedState.objects.get(url__endswith=f"/{name}")


def make_due() -> None:
    for row in FeedState.objects.all():
        row.waiting = {key: kept | {"due": 0.0} for key, kept in row.waiting.items()}
        row.save()


def test_new_telegrams_are_stored_and_every_town_reads_them(host, base, town):
    host.serve_feed("extra.xml", "a", "b")
    host.serve_telegrams("a", "b")
    assert poll(base)
    assert stored() == ["a", "b"]
    assert ProcrastinateJob.objects.filter(queue_name="alerts").count() == 2
    assert state().waiting == {} and state().claimed_until is None
    assert len(host.doors) == 1, "one kept-alive connection"


def test_an_unchanged_feed_answers_304_and_nothing_is_fetched_again(host, base):
    host.serve_feed("extra.xml", "a", etag='"1"')
    host.serve_telegrams("a")
    poll(base)
    changed_at = state().changed_at
    assert not poll(base)
    assert host.asked == ["/feed/extra.xml", "/data/a.xml", "/feed/extra.xml"]
    assert state().changed_at == changed_at < state().checked_at
    assert state().failure == ""


def test_a_stored_entry_is_not_fetched_again_from_any_feed(host, base):
    host.serve_telegrams("a", "b")
    host.serve_feed("extra.xml", "a")
    poll(base)
    host.serve_feed("extra.xml", "b", "a", "b")
    host.serve_feed("extra_l.xml", "a", "b")
    poll(base)
    poll(base, "extra_l.xml")
    assert stored() == ["a", "b"]
    assert host.times_asked("/data/a.xml") == host.times_asked("/data/b.xml") == 1


def test_the_same_bytes_under_two_ids_are_stored_once_and_fetched_once_each(host, base):
    host.serve_feed("extra.xml", "a", "b")
    host.replies["/data/a.xml"] = host.replies["/data/b.xml"] = Reply(telegram("same"))
    poll(base)
    poll(base)
    assert stored() == ["a"]
    assert host.times_asked("/data/b.xml") == 1


@pytest.mark.parametrize(
    "broken",
    [
        Reply(status=500),
        Reply(status=302, headers={"Location": "/feed/other.xml"}),
        Reply(b"<html>garbage"),
        Reply(b"<html/>"),
        Reply(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
        Reply('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE feed><feed/>'.encode("utf-16")),
        Reply(b"x" * 200_000),
        Reply(b"half", declared=4000),
        Reply(hang=3.0),
    ],
    ids=["500", "redirect", "garbage", "html", "xxe", "utf16", "large", "half", "hanging"],
)
def test_a_failed_feed_is_recorded_and_mends_itself(host, base, broken):
    host.serve_telegrams("a")
    host.replies["/feed/extra.xml"] = broken
    host.serve_feed("other.xml", "a")
    assert not poll(base)
    assert state().failure and state().checked_at is None and stored() == []
    host.serve_feed("extra.xml", "a")
    assert poll(base), "after a failure the long feed is owed"
    assert state().failure == "" and stored() == ["a"]


@pytest.mark.parametrize(
    "broken",
    [Reply(status=500), Reply(status=404), Reply(hang=3.0), Reply(b"half", declared=4000)],
    ids=["500", "404", "hanging", "half"],
)
def test_a_failed_telegram_stops_no_other_and_is_tried_again_though_304(host, base, broken):
    host.serve_feed("extra.xml", "a", "b", "c", etag='"1"')
    host.serve_telegrams("a", "c")
    host.replies["/data/b.xml"] = broken
    poll(base)
    assert stored() == ["a", "c"] and state().waiting["b"]["tries"] == 1
    poll(base)
    assert host.times_asked("/data/b.xml") == 1, "not before its pause is over"
    host.serve_telegrams("b")
    make_due()
    poll(base)
    assert stored() == ["a", "b", "c"] and state().waiting == {}


@pytest.mark.parametrize("body", [b"garbage", b"<x/>", b"<!DOCTYPE Report><Report/>"])
def test_what_is_no_telegram_is_set_aside_and_not_fetched_again(host, base, body):
    host.serve_feed("extra.xml", "a", "b")
    host.serve_telegrams("b")
    host.replies["/data/a.xml"] = Reply(body)
    poll(base)
    poll(base)
    assert stored() == ["b"] and host.times_asked("/data/a.xml") == 1
    host.serve_feed("extra.xml", "b")
    poll(base)
    assert state().waiting == {}, "forgotten once the feed names it no more"


def test_a_link_to_another_host_is_never_followed(host, base):
    port = host.url.rpartition(":")[2]
    foreign = f"http://localhost:{port}/data/a.xml"
    host.replies["/feed/extra.xml"] = Reply(
        atom(("a", foreign), ("f", "file:///etc/passwd"), ("b", f"{host.url}/data/b.xml"))
    )
    host.serve_telegrams("a", "b")
    poll(base)
    assert stored() == ["b"] and host.times_asked("/data/a.xml") == 0
    assert state().waiting["a"]["is_settled"] and state().waiting["f"]["is_settled"]


def test_an_error_of_ours_in_one_entry_stops_no_other(host, base, monkeypatch):
    host.serve_feed("extra.xml", "a", "b")
    host.serve_telegrams("a", "b")
    with monkeypatch.context() as patch:
        patch.setattr(collect_module, "ingest_telegram", _fail_once())
        poll(base)
    assert stored() == ["b"]
    make_due()
    poll(base)
    assert stored() == ["a", "b"]


def _fail_once():
    calls = []

    def ingest(**given):
        calls.append(given)
        if len(calls) == 1:
            raise RuntimeError("ours")
        return ingest_telegram(**given)

    return ingest


def test_a_gap_is_filled_from_the_long_feed(host, base):
    host.serve_telegrams("a", "lost", "b")
    host.serve_feed("extra.xml", "a")
    poll(base)
    FeedState.objects.update(checked_at=timezone.now() - timedelta(minutes=11))
    host.serve_feed("extra.xml", "b")
    host.serve_feed("extra_l.xml", "a", "lost", "b")
    assert poll(base), "owed after the gap"
    assert not poll(base), "and only then"
    poll(base, "extra_l.xml")
    assert stored() == ["a", "b", "lost"]
    assert host.times_asked("/data/a.xml") == 1


def test_a_feed_claimed_by_a_living_worker_is_left_to_it(host, base):
    host.serve_feed("extra.xml", "a")
    host.serve_telegrams("a")
    claimed = timezone.now() + timedelta(minutes=1)
    FeedState.objects.create(url=base.feed("extra.xml"), claimed_until=claimed)
    assert not poll(base)
    assert host.asked == []
    FeedState.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    poll(base)
    assert stored() == ["a"], "a dead worker's claim runs out"


def test_what_the_budget_leaves_over_is_fetched_by_the_next_poll(host, base):
    host.serve_feed("extra.xml", "a", "b", etag='"1"')
    host.serve_telegrams("a", "b")
    with FeedClient(QUICK) as client:
        poll_feed(base, client, "extra.xml", budget=timedelta(0))
    assert stored() == [] and set(state().waiting) == {"a", "b"}
    poll(base)
    assert stored() == ["a", "b"]


def test_the_network_is_never_waited_for_inside_a_transaction(host, base, monkeypatch):
    outside, depths, get = len(connection.savepoint_ids), [], FeedClient.get
    host.serve_feed("extra.xml", "a")
    host.serve_telegrams("a")

    def watched(self, *args, **kwargs):
        depths.append(len(connection.savepoint_ids))
        return get(self, *args, **kwargs)

    monkeypatch.setattr(FeedClient, "get", watched)
    poll(base)
    assert depths == [outside, outside]


def test_a_feed_in_sight_is_not_behind():
    now = timezone.now()
    assert not is_behind(FeedState(checked_at=now - timedelta(minutes=9)), now)
    assert is_behind(FeedState(checked_at=now - timedelta(minutes=11)), now)
    assert is_behind(FeedState(checked_at=now, failure="x"), now)
