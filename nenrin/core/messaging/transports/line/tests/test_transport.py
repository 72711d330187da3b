"""LINE against a stand-in: pushes and multicasts, well and ill."""

from collections.abc import Iterator

import pytest

from nenrin.core.messaging.transports.contract import Fate, Outcome, Words
from nenrin.core.messaging.transports.line.buttons import read_postback
from nenrin.core.messaging.transports.line.options import LineOptions
from nenrin.core.messaging.transports.line.transport import LineTransport, retry_key
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

FULL = {"message": "You have reached your monthly limit."}
SENT = {"sentMessages": [{"id": "1", "quoteToken": "q"}]}
REPLIES = {
    "Uok": Reply(200, {"X-Line-Request-Id": "request-1"}, SENT),
    "Uknown": Reply(409, {"X-Line-Accepted-Request-Id": "request-0"}),
    "Ucrash": Reply(500),
    "Ubusy": Reply(429, {"Retry-After": "90"}),
    "Ufull": Reply(429, content=FULL),
    "Ubad": Reply(400, content={"message": "Failed to send messages"}),
    "Utoken": Reply(401),
    "Uhang": Reply(200, hangs=True),
}


def answer(request: Seen) -> Reply:
    to = request.content["to"]
    if isinstance(to, list):
        return Reply(400) if "Ubad" in to else REPLIES.get(to[0], Reply(200, content=SENT))
    return REPLIES.get(to, Reply(200, content=SENT))


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalServer]:
    monkeypatch.setenv("NENRIN_LINE_TOKEN", "secret")
    with serving(answer) as server:
        yield server


def send(base: str, *addresses: str, personal_links: bool = True) -> list[Outcome]:
    options = LineOptions.model_validate(
        {"api_base": base, "personal_links": personal_links, "read_timeout": 0.5}
    )
    parcels = [make_parcel(number, to) for number, to in enumerate(addresses)]
    found = list(LineTransport().send(options, make_words(), parcels))
    return sorted(found, key=lambda outcome: outcome.delivery_id)


def test_each_answer_has_its_fate(line: LocalServer) -> None:
    outcomes = send(f"{line.base}/line", *REPLIES)
    assert dict(zip(REPLIES, fates(outcomes).values(), strict=True)) == {
        "Uok": Fate.SENT,
        "Uknown": Fate.SENT,
        "Ucrash": Fate.TEMPORARY,
        "Ubusy": Fate.TEMPORARY,
        "Ufull": Fate.TEMPORARY,
        "Ubad": Fate.PERMANENT,
        "Utoken": Fate.TEMPORARY,
        "Uhang": Fate.TEMPORARY,
    }
    assert [outcomes[0].reference, outcomes[1].reference] == ["request-1", "request-0"]
    assert outcomes[3].retry_after == 90.0
    assert "今月" in outcomes[4].reason
    assert "トークン" in outcomes[6].reason
    assert len(line.seen) == len(REPLIES)


def test_a_push_carries_the_personal_link_and_a_stable_key(line: LocalServer) -> None:
    send(f"{line.base}/line", "Uok")
    send(f"{line.base}/line", "Uok")
    first, second = line.seen
    assert first.path == "/line/v2/bot/message/push"
    assert first.headers["Authorization"] == "Bearer secret"
    assert first.headers["X-Line-Retry-Key"] == second.headers["X-Line-Retry-Key"]
    assert "https://kaneyama.example/m/token0" in first.content["messages"][0]["text"]


def test_a_multicast_goes_once_with_the_public_link(line: LocalServer) -> None:
    outcomes = send(f"{line.base}/line", "U1", "U2", "U3", personal_links=False)
    (request,) = line.seen
    assert set(fates(outcomes).values()) == {Fate.SENT}
    assert request.path == "/line/v2/bot/message/multicast"
    assert request.content["to"] == ["U1", "U2", "U3"]
    text = request.content["messages"][0]["text"]
    assert f"/m/{MESSAGE}" in text
    assert "token" not in text


def test_a_multicast_has_buttons_that_name_the_message(line: LocalServer) -> None:
    send(f"{line.base}/line", "U1", personal_links=False)
    (request,) = line.seen
    actions = request.content["messages"][1]["template"]["actions"]
    assert [read_postback(action["data"])[0] for action in actions] == [MESSAGE] * len(actions)
    assert all(action["type"] == "postback" and action["label"] for action in actions)


def test_one_bad_id_does_not_cost_the_others_their_message(line: LocalServer) -> None:
    outcomes = send(f"{line.base}/line", "U1", "Ubad", "U3", personal_links=False)
    assert list(fates(outcomes).values()) == [Fate.SENT, Fate.PERMANENT, Fate.SENT]


def test_a_busy_multicast_is_temporary_for_all(line: LocalServer) -> None:
    outcomes = send(f"{line.base}/line", "Ubusy", "U2", personal_links=False)
    assert {outcome.retry_after for outcome in outcomes} == {90.0}


def test_nobody_listening_is_temporary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NENRIN_LINE_TOKEN", "secret")
    outcomes = send(f"http://127.0.0.1:{closed_port()}", "U1", "U2")
    assert set(fates(outcomes).values()) == {Fate.TEMPORARY}


def test_without_a_token_the_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NENRIN_LINE_TOKEN", raising=False)
    (outcome,) = send("http://127.0.0.1:1", "U1")
    assert outcome.fate is Fate.TEMPORARY
    assert "NENRIN_LINE_TOKEN" in outcome.reason


def test_the_key_depends_on_message_and_people_alone() -> None:
    words: Words = make_words()
    one, two = make_parcel(1), make_parcel(2)
    assert retry_key(words, [one, two]) == retry_key(words, [two, one])
    assert retry_key(words, [one]) != retry_key(words, [two])
    assert retry_key(make_words(message_id="other"), [one]) != retry_key(words, [one])
