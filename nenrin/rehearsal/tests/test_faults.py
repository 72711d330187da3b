import json

import pytest

from nenrin.rehearsal.journal import UnknownProvider
from nenrin.rehearsal.providers.faults import BadFault, Faults, read_fault
from nenrin.rehearsal.tests.running import Rehearsal
from nenrin.rehearsal.tests.sender import push_headers


def _hits(faults: Faults, times: int, device: str = "") -> int:
    return sum(faults.strike("push", device) is not None for _ in range(times))


def test_a_part_of_requests_fails_exactly() -> None:
    assert _hits(Faults({"push": {"mode": "status", "rate": 0.5}}), 10) == 5
    assert _hits(Faults({"push": {"mode": "status", "rate": 0.1}}), 1000) == 100
    assert _hits(Faults({"push": {"mode": "status", "rate": 0}}), 10) == 0


def test_a_count_runs_out() -> None:
    assert _hits(Faults({"push": {"mode": "hang", "count": 3}}), 10) == 3


def test_only_named_devices_fail() -> None:
    faults = Faults({"push": {"mode": "status", "status": 410, "devices": ["a"]}})
    assert (_hits(faults, 2, "a"), _hits(faults, 2, "b")) == (2, 0)


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"mode": "broken"},
        {"mode": "status", "status": 200},
        {"mode": "status", "status": "500"},
        {"mode": "status", "rate": 2},
        {"mode": "status", "retry_after": -1},
        {"mode": "status", "count": 0},
        {"mode": "status", "devices": "a"},
        {"mode": "status", "speed": 1},
    ],
)
def test_bad_faults_are_named(wish: dict[str, object]) -> None:
    with pytest.raises(BadFault):
        read_fault(wish)


def test_only_known_providers_fail() -> None:
    with pytest.raises(UnknownProvider):
        Faults({"pigeon": {"mode": "status"}})


def test_faults_over_the_wire(rehearsal: Rehearsal) -> None:
    rehearsal.fail("push", mode="status", status=503, retry_after=7, rate=0.5)
    headers = push_headers(rehearsal.origin)
    answers = [rehearsal.ask("POST", "/push/p", b"x", headers) for _ in range(4)]
    assert [answer.status for answer in answers] == [201, 503, 201, 503]
    assert answers[1].headers["retry-after"] == "7"
    log = rehearsal.log("push")
    assert (log["accepted"], log["faulted"]) == (2, {"503": 2})


def test_a_provider_can_fall_silent(rehearsal: Rehearsal) -> None:
    rehearsal.fail("sms", mode="hang", count=1)
    body = json.dumps({"to": "+819012345678", "text": "雪"})
    headers = {"authorization": "Bearer rehearsal-sms"}
    with pytest.raises(TimeoutError):
        rehearsal.ask("POST", "/sms/messages", body, headers, timeout=0.3)
    assert rehearsal.log("sms")["faulted"] == {"hang": 1}
    assert rehearsal.ask("POST", "/sms/messages", body, headers).status == 202


def test_the_control_pages_refuse_nonsense(rehearsal: Rehearsal) -> None:
    assert rehearsal.post_json("/faults/push", {"mode": "odd"}).status == 400
    assert rehearsal.post_json("/faults/pigeon", {"mode": "ok"}).status == 404
    assert rehearsal.ask("POST", "/faults/push", "[]").status == 400
    assert rehearsal.ask("GET", "/log/pigeon").status == 404
    assert rehearsal.ask("GET", "/elsewhere").status == 404
