import io
import re
import time
import uuid

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from nenrin.rehearsal.keys import device_keys
from nenrin.rehearsal.tests.running import SEED, Answer, Receipts, Rehearsal, eventually
from nenrin.rehearsal.tests.sender import message, push_headers, seal, vapid

pycurl = pytest.importorskip("pycurl")


def _send(
    rehearsal: Rehearsal, device: str, body: bytes | None = None, /, **changes: str | None
) -> Answer:
    sealed = seal(device_keys(SEED.encode(), device), message("m", None)) if body is None else body
    return rehearsal.ask(
        "POST", f"/push/{device}", sealed, push_headers(rehearsal.origin, **changes)
    )


def test_a_push_is_answered_opened_and_reported(rehearsal: Rehearsal, receipts: Receipts) -> None:
    message_id = str(uuid.uuid4())
    keys = {f"phone-{n}": device_keys(SEED.encode(), f"phone-{n}") for n in range(12)}
    for device, key in keys.items():
        body = message(message_id, f"{receipts.base}/r/{device}", asks_safety=True)
        answer = _send(rehearsal, device, seal(key, body))
        assert answer.status == 201
        assert re.fullmatch(rf"{rehearsal.origin}/message/\d+", answer.headers["location"])
        assert answer.headers["ttl"] == "3600"
    eventually(lambda: rehearsal.log("push")["waiting"] == 0)
    eventually(lambda: rehearsal.log()["receipts"]["pending"] == 0)
    log = rehearsal.log("push")
    assert log["shown"] == {device: [message_id] for device in keys}
    assert log["duplicates"] == {}
    states = [form["state"] for _, form in receipts.got]
    assert len(states) == len(receipts.got) > 12
    assert {form.get("answer") for _, form in receipts.got if form["state"] == "confirmed"} <= {
        "safe",
        "help",
    }


def test_a_second_copy_is_dropped_and_counted(rehearsal: Rehearsal) -> None:
    for _ in range(3):
        assert _send(rehearsal, "phone-1").status == 201
    eventually(lambda: rehearsal.log("push")["waiting"] == 0)
    log = rehearsal.log("push")
    assert log["accepted"] == 3
    assert log["shown"] == {"phone-1": ["m"]}
    assert log["duplicates"] == {"m": {"phone-1": 2}}


def test_a_message_for_another_device_is_unreadable(rehearsal: Rehearsal) -> None:
    body = seal(device_keys(SEED.encode(), "phone-2"), message("m", None))
    assert _send(rehearsal, "phone-1", body).status == 201
    eventually(lambda: rehearsal.log("push")["unreadable"] == 1)
    assert rehearsal.log("push")["shown"] == {}


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"ttl": None}, 400),
        ({"ttl": "soon"}, 400),
        ({"ttl": "-1"}, 400),
        ({"content_encoding": None}, 415),
        ({"content_encoding": "aesgcm"}, 415),
        ({"urgency": "urgent"}, 400),
        ({"topic": "x" * 33}, 400),
        ({"topic": "a b"}, 400),
        ({"authorization": None}, 401),
        ({"authorization": "Bearer x"}, 401),
        ({"authorization": "vapid t=a.b, k=c"}, 401),
        ({"authorization": "vapid t=a.b.c, k=c"}, 401),
    ],
)
def test_headers_that_break_the_rules(
    rehearsal: Rehearsal, changes: dict[str, str | None], status: int
) -> None:
    assert _send(rehearsal, "phone-1", None, **changes).status == status
    assert rehearsal.log("push")["refused"] == {str(status): 1}


@pytest.mark.parametrize("fault", ["audience", "expired", "too long", "algorithm", "signature"])
def test_tokens_that_prove_nothing(rehearsal: Rehearsal, fault: str) -> None:
    origin = rehearsal.origin
    tokens = {
        "audience": vapid("https://push.example.net"),
        "expired": vapid(origin, exp=int(time.time()) - 1),
        "too long": vapid(origin, exp=int(time.time()) + 25 * 3600),
        "algorithm": vapid(origin, alg="none"),
        "signature": vapid(origin, signer=ec.generate_private_key(ec.SECP256R1())),
    }
    assert _send(rehearsal, "phone-1", authorization=tokens[fault]).status == 403


def test_size_method_and_ended_subscriptions(rehearsal: Rehearsal) -> None:
    assert _send(rehearsal, "phone-1", b"x" * 4096).status == 201
    assert _send(rehearsal, "phone-1", b"x" * 4097).status == 413
    assert _send(rehearsal, "gone-1").status == 410
    assert _send(rehearsal, "missing-1").status == 404
    assert rehearsal.ask("GET", "/push/phone-1").status == 405
    assert rehearsal.ask("POST", "/push/").status == 404


def test_http2_is_spoken(rehearsal: Rehearsal) -> None:
    body = seal(device_keys(SEED.encode(), "phone-h2"), message("m", None))
    headers = push_headers(rehearsal.origin)
    curl, answer = pycurl.Curl(), io.BytesIO()
    curl.setopt(pycurl.URL, f"{rehearsal.origin}/push/phone-h2")
    curl.setopt(pycurl.CAINFO, str(rehearsal.state_dir / "ca.pem"))
    curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS)
    curl.setopt(pycurl.HTTPHEADER, [f"{name}: {value}" for name, value in headers.items()])
    curl.setopt(pycurl.POSTFIELDS, body)
    curl.setopt(pycurl.WRITEDATA, answer)
    curl.perform()
    assert curl.getinfo(pycurl.RESPONSE_CODE) == 201
    assert curl.getinfo(pycurl.INFO_HTTP_VERSION) == pycurl.CURL_HTTP_VERSION_2_0
    curl.close()


def test_receipts_outside_this_machine_are_never_sent(rehearsal: Rehearsal) -> None:
    before = rehearsal.log()["receipts"]["not_loopback"]
    for n in range(5):
        keys = device_keys(SEED.encode(), f"phone-{n}")
        body = seal(keys, message("elsewhere", "https://town.example.jp/r/x"))
        assert _send(rehearsal, f"phone-{n}", body).status == 201
    eventually(lambda: rehearsal.log("push")["waiting"] == 0)
    log = rehearsal.log()["receipts"]
    assert log["not_loopback"] > before
    assert log["pending"] == 0
