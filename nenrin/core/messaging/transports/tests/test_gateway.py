"""SMS and voice against a gateway on loopback, well and ill."""

from collections.abc import Iterator

import pytest

from nenrin.core.messaging.transports.contract import Fate, Outcome
from nenrin.core.messaging.transports.gateway import GatewayOptions
from nenrin.core.messaging.transports.sms.transport import SmsTransport
from nenrin.core.messaging.transports.tests.local_server import (
    LocalServer,
    Reply,
    Seen,
    closed_port,
    serving,
)
from nenrin.core.messaging.transports.tests.parcels import (
    MESSAGE,
    fates,
    make_parcel,
    make_words,
)

REPLIES = {
    "ok": Reply(202, content={"id": "gateway-1"}),
    "known": Reply(409),
    "crash": Reply(500),
    "busy": Reply(429, {"Retry-After": "120"}),
    "bad": Reply(422),
    "gone": Reply(410),
    "token": Reply(401),
    "hang": Reply(200, hangs=True),
}


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalServer]:
    monkeypatch.setenv("NENRIN_TEST_TOKEN", "secret")

    def answer(request: Seen) -> Reply:
        return REPLIES.get(request.content["to"], Reply(200))

    with serving(answer) as server:
        yield server


def options(base: str, **changed: object) -> GatewayOptions:
    content = {"api_base": base, "token_env": "NENRIN_TEST_TOKEN", "total_timeout": 0.5}
    return GatewayOptions.model_validate(content | changed)


def send(base: str, *addresses: str) -> list[Outcome]:
    parcels = [make_parcel(number, to) for number, to in enumerate(addresses)]
    found = list(SmsTransport().send(options(base), make_words(), parcels))
    return sorted(found, key=lambda outcome: outcome.delivery_id)


def test_each_answer_has_its_fate(gateway: LocalServer) -> None:
    outcomes = send(gateway.base, *REPLIES)
    assert dict(zip(REPLIES, fates(outcomes).values(), strict=True)) == {
        "ok": Fate.SENT,
        "known": Fate.SENT,
        "crash": Fate.TEMPORARY,
        "busy": Fate.TEMPORARY,
        "bad": Fate.PERMANENT,
        "gone": Fate.GONE,
        "token": Fate.TEMPORARY,
        "hang": Fate.TEMPORARY,
    }
    assert outcomes[0].reference == "gateway-1"
    assert outcomes[3].retry_after == 120.0


def test_the_request_names_itself_the_same_every_time(gateway: LocalServer) -> None:
    send(gateway.base, "+819012345678")
    send(gateway.base, "+819012345678")
    first, second = gateway.seen
    assert first.path == "/sms/messages"
    assert first.headers["Authorization"] == "Bearer secret"
    assert first.content == second.content
    assert first.content["client_reference"] == f"{MESSAGE}:0"
    assert first.content["text"].endswith("https://kaneyama.example/m/token0")
    assert len(first.content["text"]) <= 660


def test_nobody_listening_is_temporary() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NENRIN_TEST_TOKEN", "secret")
        outcomes = send(f"http://127.0.0.1:{closed_port()}", "a", "b")
    assert set(fates(outcomes).values()) == {Fate.TEMPORARY}


def test_without_a_token_nothing_is_sent(
    gateway: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NENRIN_TEST_TOKEN")
    (outcome,) = send(gateway.base, "ok")
    assert outcome.fate is Fate.TEMPORARY
    assert "NENRIN_TEST_TOKEN" in outcome.reason
    assert not gateway.seen
