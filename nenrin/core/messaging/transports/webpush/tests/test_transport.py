"""Real pushes over HTTP/2 and TLS to a service on loopback, well and ill."""

import base64
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from nenrin.core.messaging.transports.contract import Fate, Outcome, Parcel, Words
from nenrin.core.messaging.transports.tests.local_server import closed_port
from nenrin.core.messaging.transports.tests.parcels import (
    MESSAGE,
    fates,
    make_parcel,
    make_words,
)
from nenrin.core.messaging.transports.webpush import shard
from nenrin.core.messaging.transports.webpush.encryption import make_sealing_key
from nenrin.core.messaging.transports.webpush.lanes import CHOKED_AFTER, Pauses
from nenrin.core.messaging.transports.webpush.options import WebPushOptions
from nenrin.core.messaging.transports.webpush.tests.browser import Browser
from nenrin.core.messaging.transports.webpush.tests.local_push import LocalPush, push_service
from nenrin.core.messaging.transports.webpush.transport import WebPushTransport
from nenrin.core.messaging.transports.webpush.vapid import make_vapid_key

PEM = make_vapid_key()
EXPECTED = {
    "ok": Fate.SENT,
    "fine": Fate.SENT,
    "accepted": Fate.SENT,
    "unknown": Fate.GONE,
    "gone": Fate.GONE,
    "busy": Fate.TEMPORARY,
    "closed": Fate.TEMPORARY,
    "crash": Fate.TEMPORARY,
    "bad": Fate.PERMANENT,
    "vapid": Fate.PERMANENT,
    "large": Fate.PERMANENT,
    "moved": Fate.PERMANENT,
    "hang": Fate.TEMPORARY,
}


@pytest.fixture(scope="module")
def push(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalPush]:
    with push_service(tmp_path_factory.mktemp("push")) as service:
        yield service


@pytest.fixture
def browser() -> Browser:
    return Browser()


def options(ca_file: str = "", **changed: Any) -> WebPushOptions:
    content = {"vapid_private_key": PEM, "rehearsal": True, "ca_file": ca_file}
    return WebPushOptions.model_validate(content | {"total_timeout": 1.5} | changed)


def parcels_for(push: LocalPush, browser: Browser, kinds: list[str]) -> list[Parcel]:
    return [
        make_parcel(number, f"{push.base}/{kind}/{number}", keys=browser.keys)
        for number, kind in enumerate(kinds)
    ]


def send(
    settings: WebPushOptions, parcels: list[Parcel], words: Words | None = None
) -> dict[int, Outcome]:
    found = list(WebPushTransport().send(settings, words or make_words(), parcels))
    fates(found)
    return {outcome.delivery_id: outcome for outcome in found}


def test_each_answer_has_its_fate(push: LocalPush, browser: Browser) -> None:
    parcels = parcels_for(push, browser, list(EXPECTED))
    found = send(options(push.ca_file), parcels)
    by_kind = {kind: found[number] for number, kind in enumerate(EXPECTED)}
    assert {kind: outcome.fate for kind, outcome in by_kind.items()} == EXPECTED
    assert by_kind["ok"].reference == "https://push.example/m/1"
    assert by_kind["busy"].retry_after == 77.0
    assert by_kind["closed"].retry_after == 3600.0


def test_the_browser_can_read_it_and_the_service_sees_no_words(
    push: LocalPush, browser: Browser
) -> None:
    send(options(push.ca_file), [make_parcel(0, f"{push.base}/ok/read", keys=browser.keys)])
    (request,) = [one for one in push.seen() if one["path"] == "/ok/read"]
    content = browser.read(base64.b64decode(request["body"]))
    headers = request["headers"]
    assert request["version"].startswith("2")
    assert (content["id"], content["url"]) == (MESSAGE, "https://kaneyama.example/m/token0")
    assert headers["urgency"] == "high"
    assert 0 < int(headers["ttl"]) <= 6 * 3600
    assert headers["authorization"].startswith("vapid t=")
    assert "expect" not in headers


def test_too_large_is_sent_again_with_fewer_words(push: LocalPush, browser: Browser) -> None:
    words = make_words(body="川があふれそうです。" * 300)
    parcel = make_parcel(0, f"{push.base}/small/words", keys=browser.keys)
    found = send(options(push.ca_file), [parcel], words)
    tries = [one for one in push.seen() if one["path"] == "/small/words"]
    assert found[0].fate is Fate.SENT
    assert [len(base64.b64decode(one["body"])) <= 2200 for one in tries] == [False, True]


def test_a_shorter_copy_is_sealed_with_a_key_of_its_own(push: LocalPush, browser: Browser) -> None:
    claimed = make_sealing_key(browser.p256dh, browser.auth)
    parcel = make_parcel(0, f"{push.base}/small/key", keys=browser.keys, material=claimed)
    send(options(push.ca_file), [parcel], make_words(body="川があふれそうです。" * 300))
    first, second = bodies(push, "/small/key")
    assert first[:86] == claimed.header
    assert first[:86] != second[:86]
    assert browser.read(second)["body"].endswith("…")


def test_what_is_tried_again_is_the_same_to_the_byte(push: LocalPush, browser: Browser) -> None:
    address = f"{push.base}/busy/again"
    found = send(options(push.ca_file), [make_parcel(0, address, keys=browser.keys)])
    kept = found[0].again
    later = make_parcel(0, address, keys=browser.keys, attempt=2, material=kept)
    found = send(options(push.ca_file), [later], make_words(body="もとと違うことば"))
    assert bodies(push, "/busy/again") == [kept, kept] == [kept, found[0].again]
    assert browser.read(kept)["id"] == MESSAGE


def test_a_choking_service_is_left_alone_after_a_few_answers(
    push: LocalPush, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shard, "pauses", Pauses())
    other = push.base.replace("localhost", "127.0.0.1")
    parcels = [
        make_parcel(n, f"{other}/closed/choke" if n % 2 else f"{push.base}/ok/choke")
        for n in range(4000)
    ]
    parcels = [replace(parcel, keys=browser.keys) for parcel in parcels]
    found = send(options(push.ca_file, connections=2, streams=8), parcels)
    assert {found[n].fate for n in range(0, 4000, 2)} == {Fate.SENT}
    assert {found[n].fate for n in range(1, 4000, 2)} == {Fate.TEMPORARY}
    assert all(found[n].retry_after for n in range(1, 4000, 2))
    assert CHOKED_AFTER <= len(bodies(push, "/closed/choke")) <= CHOKED_AFTER + 2 * 8
    assert shard.pauses.left(other) > 3000


def bodies(push: LocalPush, path: str) -> list[bytes]:
    return [base64.b64decode(one["body"]) for one in push.seen() if one["path"] == path]


def test_thousands_share_a_few_connections(push: LocalPush, browser: Browser) -> None:
    parcels = parcels_for(push, browser, ["ok"] * 3000)
    found = send(options(push.ca_file, total_timeout=15), parcels)
    assert len(found) == 3000
    assert {outcome.fate for outcome in found.values()} == {Fate.SENT}


def test_one_that_hangs_does_not_hold_up_the_others(push: LocalPush, browser: Browser) -> None:
    parcels = parcels_for(push, browser, ["hang"] + ["ok"] * 200)
    begun, ends = time.monotonic(), {}
    for outcome in WebPushTransport().send(options(push.ca_file), make_words(), parcels):
        ends[outcome.delivery_id] = time.monotonic() - begun
    assert max(end for number, end in ends.items() if number) < 1.2
    assert 1.4 < ends[0] < 5


def test_a_caller_that_stops_early_leaves_a_clean_loop(push: LocalPush, browser: Browser) -> None:
    settings = options(push.ca_file)
    early = WebPushTransport().send(settings, make_words(), parcels_for(push, browser, ["ok"] * 99))
    next(early)
    early.close()  # type: ignore[attr-defined]
    assert len(send(settings, parcels_for(push, browser, ["ok"] * 5))) == 5


def test_nobody_listening_is_temporary(push: LocalPush, browser: Browser) -> None:
    parcel = make_parcel(0, f"https://localhost:{closed_port()}/x", keys=browser.keys)
    assert send(options(push.ca_file), [parcel])[0].fate is Fate.TEMPORARY


def test_a_service_that_never_speaks_is_temporary(push: LocalPush, browser: Browser) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"https://127.0.0.1:{silent.getsockname()[1]}/x"
        begun = time.monotonic()
        settings = options(push.ca_file, connect_timeout=0.3)
        found = send(settings, [make_parcel(0, address, keys=browser.keys)])
    assert found[0].fate is Fate.TEMPORARY
    assert time.monotonic() - begun < 2.5


def test_an_unknown_certificate_is_not_trusted(push: LocalPush, browser: Browser) -> None:
    found = send(options(), parcels_for(push, browser, ["ok"]))
    assert found[0].fate is Fate.TEMPORARY


def test_addresses_and_keys_are_checked_before_sending(push: LocalPush, browser: Browser) -> None:
    before = len(push.seen())
    parcels = [
        make_parcel(0, "https://intranet.example/x", keys=browser.keys),
        make_parcel(1, f"{push.base}/ok/1", keys={"p256dh": "x", "auth": "y"}),
        make_parcel(2, f"{push.base}/ok/2"),
    ]
    found = send(options(push.ca_file), parcels)
    assert [found[number].fate for number in range(3)] == [Fate.PERMANENT, Fate.GONE, Fate.GONE]
    refused = send(options(push.ca_file, rehearsal=False), parcels_for(push, browser, ["ok"]))
    assert refused[0].fate is Fate.PERMANENT
    assert len(push.seen()) == before


def test_nothing_to_send_is_nothing(push: LocalPush) -> None:
    assert send(options(push.ca_file), []) == {}
