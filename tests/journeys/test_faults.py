"""The worst day, for real: a dead worker, a restarted database, providers that choke."""

import os
import signal
import time

from nenrin.core.database import embedded
from tests.fixtures.stack import Stack, wait_until

PERSONAL = "('webpush', 'tablet', 'line', 'email')"
WAITING = f"""
SELECT count(*) FROM messaging_delivery d JOIN messaging_channel c ON c.id = d.channel_id
WHERE d.state = 0 AND c.kind IN {PERSONAL}
"""
LOST = """
SELECT count(*) FROM messaging_delivery WHERE state IN (1, 3)
"""


def _settled(stack: Stack) -> bool:
    return stack.rows(WAITING)[0][0] == 0


def _shown_twice(stack: Stack) -> list[str]:
    twice = []
    for provider in ("push", "tablet"):
        shown = stack.stand_in(f"/log/{provider}")["shown"]
        twice += [name for name, ids in shown.items() if len(ids) != len(set(ids))]
    return twice


def test_a_drill_reaches_people_on_every_channel(stack):
    result = stack.drill()
    assert result["households"] == 60
    assert result["reached"] + result["silent"] == 60 and result["reached"] > 25
    for kind in ("webpush", "tablet", "line", "email", "paper", "feed", "banner"):
        channel = result["by_channel"][kind]
        assert channel["planned"] == channel["sent"] > 0, kind
    assert result["by_channel"]["webpush"]["confirmed"] > 0
    assert 0 <= result["first_sent_ms"] <= result["last_sent_ms"]
    assert _shown_twice(stack) == []


def test_providers_that_choke_are_tried_again(stack):
    stack.stand_in("/faults/push", {"mode": "status", "status": 500, "count": 10})
    stack.stand_in("/faults/line", {"mode": "status", "status": 429, "retry_after": 2, "count": 5})
    stack.drill(20)
    assert wait_until(lambda: _settled(stack), 40)
    assert stack.rows(LOST) == [(0,)]
    attempts = stack.rows("SELECT max(attempts) FROM messaging_delivery")
    assert attempts[0][0] >= 2
    assert _shown_twice(stack) == []


def test_a_database_that_restarts_in_mid_drill_loses_nothing(stack):
    drill = stack.start_drill(25)
    time.sleep(2.5)
    embedded.stop(stack.folder, mode="immediate")
    time.sleep(1)
    embedded.start(stack.folder)
    drill.communicate(timeout=90)
    assert wait_until(lambda: _settled(stack), 120)
    assert stack.rows(LOST) == [(0,)]
    assert _shown_twice(stack) == []


def test_a_worker_killed_in_mid_drill_loses_nothing(stack):
    before = stack.rows("SELECT count(*) FROM messaging_message")[0][0]
    stack.stand_in("/faults/push", {"mode": "hang", "count": 20})
    drill = stack.start_drill(20)
    sent = "SELECT count(*) FROM messaging_message WHERE released_at IS NOT NULL"
    assert wait_until(lambda: stack.rows(sent)[0][0] > before, 45)
    os.kill(stack.worker().pid, signal.SIGKILL)
    stack.stand_in("/faults/push", {"mode": "ok"})
    drill.communicate(timeout=90)
    assert wait_until(lambda: _settled(stack), 120)
    assert stack.rows(LOST) == [(0,)]
    assert _shown_twice(stack) == []
