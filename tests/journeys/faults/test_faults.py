"""The worst day, for real: a dead worker, a restarted database, providers that choke.

After each: every endpoint had the message, no device shows it twice, counts add up, nothing waits.
"""

import os
import signal
import subprocess
import time

from nenrin.core.database import embedded
from tests.fixtures.stack import NENRIN, Stack, wait_until

PERSONAL = "('webpush', 'tablet', 'line', 'email')"
WAITING = f"""
SELECT count(*) FROM messaging_delivery d JOIN messaging_channel c ON c.id = d.channel_id
WHERE d.state = 0 AND c.kind IN {PERSONAL} AND d.rung = 0
"""
LOST = "SELECT count(*) FROM messaging_delivery WHERE state IN (1, 3)"
STUCK = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"
RELEASED = "SELECT count(*) FROM messaging_message WHERE released_at IS NOT NULL"
NEWEST = "SELECT id::text FROM messaging_message ORDER BY released_at DESC NULLS LAST LIMIT 1"
BY_KIND = """
SELECT c.kind, count(*), count(*) FILTER (WHERE d.state = 0)
FROM messaging_delivery d JOIN messaging_channel c ON c.id = d.channel_id
WHERE d.rung = 0 AND d.message_id = '{message}' GROUP BY c.kind
"""


def _settled(stack: Stack) -> bool:
    return stack.rows(WAITING)[0][0] == 0


def _start_drill(stack: Stack) -> "subprocess.Popen[str]":
    """Begin a drill and return as soon as its message is released."""
    before = stack.rows(RELEASED)[0][0]
    drill = stack.start_drill(1)
    assert wait_until(lambda: stack.rows(RELEASED)[0][0] > before, 45)
    return drill


def _by_kind(stack: Stack) -> dict[str, tuple[int, int]]:
    """Planned and still waiting deliveries of the newest message, by channel."""
    message = stack.rows(NEWEST)[0][0]
    rows = stack.rows(BY_KIND.format(message=message))
    return {kind: (planned, waiting) for kind, planned, waiting in rows}


def _assert_everyone_has_it_once(stack: Stack) -> None:
    """Compare what the river recorded with what the devices show."""
    message = stack.rows(NEWEST)[0][0]
    planned = _by_kind(stack)
    assert stack.rows(LOST) == [(0,)]
    for provider, kind in (("push", "webpush"), ("tablet", "tablet"), ("mail", "email")):
        assert wait_until(
            lambda p=provider, k=kind: _holders(stack, p, message) == planned[k][0], 15
        ), (provider, planned[kind], _holders(stack, provider, message))
    for provider in ("push", "tablet", "line"):
        shown = stack.stand_in(f"/log/{provider}")["shown"]
        assert all(len(ids) == len(set(ids)) for ids in shown.values()), provider
    assert wait_until(lambda: stack.rows(STUCK) == [(0,)], 60)


def _holders(stack: Stack, provider: str, message: str) -> int:
    """How many devices (or letters) of a provider bear this message."""
    shown = stack.stand_in(f"/log/{provider}")["shown"].values()
    return sum(1 for ids in shown for one in set(ids) if message in one)


def test_a_drill_with_two_schedulers_reaches_people_on_every_channel_once(stack):
    second = subprocess.Popen([*NENRIN, "worker"], env=stack.worker_environment)
    try:
        result = stack.drill(12)
        assert wait_until(lambda: _settled(stack), 20)
    finally:
        second.terminate()
        second.wait(30)
    assert result["households"] == 60
    assert result["reached"] + result["silent"] == 60 and result["reached"] > 25
    for kind in ("webpush", "tablet", "line", "email", "paper", "feed", "banner"):
        channel = result["by_channel"][kind]
        assert channel["planned"] == channel["sent"] > 0, kind
    assert result["by_channel"]["webpush"]["confirmed"] > 0
    assert 0 <= result["first_sent_ms"] <= result["last_sent_ms"]
    _assert_everyone_has_it_once(stack)
    for provider in ("push", "tablet", "line", "mail", "sms"):
        assert stack.stand_in(f"/log/{provider}")["duplicates_total"] == 0, provider


def test_providers_that_choke_are_tried_again(stack):
    stack.stand_in("/faults/push", {"mode": "status", "status": 500, "count": 10})
    stack.stand_in("/faults/line", {"mode": "status", "status": 429, "retry_after": 2, "count": 5})
    drill = _start_drill(stack)
    assert wait_until(lambda: _settled(stack), 40)
    drill.communicate(timeout=30)
    attempts = stack.rows("SELECT max(attempts) FROM messaging_delivery")
    assert attempts[0][0] >= 2
    _assert_everyone_has_it_once(stack)


def test_a_database_that_restarts_in_mid_drill_loses_nothing(stack):
    stack.stand_in("/faults/push", {"mode": "status", "status": 503, "count": 20})
    drill = _start_drill(stack)
    embedded.stop(stack.folder, mode="immediate")
    time.sleep(0.5)
    embedded.start(stack.folder)
    drill.communicate(timeout=60)
    assert wait_until(lambda: _settled(stack), 60)
    _assert_everyone_has_it_once(stack)


def test_a_worker_killed_at_every_stage_loses_nothing(stack):
    """Push: half sent. Mail: sent, and not recorded. LINE: claimed, the provider is silent."""
    stack.stand_in("/faults/push", {"mode": "hang", "rate": 0.5})
    stack.stand_in("/faults/mail", {"mode": "hang", "after_accepting": True})
    stack.stand_in("/faults/line", {"mode": "hang"})
    drill = _start_drill(stack)
    assert wait_until(lambda: _by_kind(stack)["tablet"][1] == 0, 20)
    assert wait_until(lambda: stack.stand_in("/log/line")["faulted"].get("hang", 0) > 0, 20)
    waiting = {kind: left for kind, (_, left) in _by_kind(stack).items()}
    assert waiting["line"] and waiting["email"] and waiting["webpush"]
    worker = stack.worker()
    os.kill(worker.pid, signal.SIGKILL)
    for provider in ("push", "mail", "line"):
        stack.stand_in(f"/faults/{provider}", {"mode": "ok"})
    killed_at = time.monotonic()
    drill.communicate(timeout=60)
    assert wait_until(lambda: _settled(stack), 60)
    assert time.monotonic() - killed_at < 45, "the sweep waited for the leases"
    _assert_everyone_has_it_once(stack)
