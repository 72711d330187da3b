"""Mail against a real SMTP server on loopback, well and ill."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from nenrin.core.messaging.transports.contract import Fate, Outcome, Words
from nenrin.core.messaging.transports.email.options import EmailOptions
from nenrin.core.messaging.transports.email.transport import EmailTransport
from nenrin.core.messaging.transports.tests.local_server import closed_port
from nenrin.core.messaging.transports.tests.parcels import (
    MESSAGE,
    fates,
    make_parcel,
    make_words,
)

AT_RCPT = {
    "nobody@": "550 5.1.1 no such user",
    "moved@": "551 user not local",
    "distrusted@": "550 5.7.1 sender is on a block list",
    "full@": "552 mailbox full",
    "later@": "451 4.7.1 greylisted",
}


class Postbox:
    """Refuses some addresses, drops the line for one, keeps the rest."""

    def __init__(self, extension: str) -> None:
        self.mails: list[EmailMessage] = []
        self.extension = extension

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Envelope, name: str, replies: list[str]
    ) -> list[str]:
        session.host_name = name
        return [replies[0], f"250-{self.extension}", *replies[1:]]

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        for start, reply in AT_RCPT.items():
            if address.startswith(start):
                return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        if envelope.rcpt_tos[0].startswith("drop@"):
            server.transport.close()
            return "421 goodbye"
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.mails.append(message_from_bytes(content, EmailMessage, policy=policy.default))
        return "250 OK"


@pytest.fixture(params=["PIPELINING", "X-STEP-BY-STEP"])
def postbox(request: pytest.FixtureRequest) -> Iterator[tuple[Postbox, int]]:
    box = Postbox(request.param)
    port = closed_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()


def send(port: int, *addresses: str, words: Words | None = None, **changed: Any) -> list[Outcome]:
    options = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "from_address": "info@town.kaneyama.example",
        "timeout": 0.5,
    }
    parcels = [make_parcel(number, to) for number, to in enumerate(addresses)]
    settings = EmailOptions.model_validate(options | changed)
    return list(EmailTransport().send(settings, words or make_words(), parcels))


def test_a_mail_reads_well(postbox: tuple[Postbox, int]) -> None:
    box, port = postbox
    (outcome,) = send(port, "hanako@example.jp")
    (mail,) = box.mails
    assert outcome.fate is Fate.SENT
    assert mail["Subject"] == "【避難指示】中田地区"
    assert mail["From"] == "金山町 <info@town.kaneyama.example>"
    assert mail["Message-ID"] == outcome.reference == f"<{MESSAGE}.0@town.kaneyama.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"] == "Tue, 24 Nov 2026 15:30:15 +0900"
    text = mail.get_body(("plain",))
    html = mail.get_body(("html",))
    assert text is not None and "https://kaneyama.example/m/token0" in text.get_content()
    assert html is not None and "すぐに中田公民館へ避難してください。" in html.get_content()


def test_words_are_escaped_in_html(postbox: tuple[Postbox, int]) -> None:
    box, port = postbox
    send(port, "a@example.jp", words=make_words(body="<script>1</script>", is_drill=True))
    html = box.mails[0].get_body(("html",))
    assert html is not None
    assert "<script>" not in html.get_content()
    assert "これは訓練です" in html.get_content()


def test_each_refusal_has_its_fate(postbox: tuple[Postbox, int]) -> None:
    addresses = [f"{start}example.jp" for start in AT_RCPT]
    outcomes = send(postbox[1], *addresses, "taro@example.jp")
    assert list(fates(outcomes).values()) == [
        Fate.GONE,
        Fate.GONE,
        Fate.PERMANENT,
        Fate.PERMANENT,
        Fate.TEMPORARY,
        Fate.SENT,
    ]


def test_who_costs_the_connection_waits_and_the_others_go(postbox: tuple[Postbox, int]) -> None:
    box, port = postbox
    outcomes = send(port, "a@example.jp", "drop@example.jp", "b@example.jp", "c@example.jp")
    assert list(fates(outcomes).values()) == [Fate.SENT, Fate.TEMPORARY, Fate.SENT, Fate.SENT]
    assert [mail["To"] for mail in box.mails] == ["a@example.jp", "b@example.jp", "c@example.jp"]


def test_a_server_that_drops_every_letter_is_left_in_peace(postbox: tuple[Postbox, int]) -> None:
    outcomes = send(postbox[1], *["drop@example.jp"] * 9)
    assert len(outcomes) == 9 and set(fates(outcomes).values()) == {Fate.TEMPORARY}


def test_an_address_that_cannot_be_written_is_refused_alone(postbox: tuple[Postbox, int]) -> None:
    outcomes = send(postbox[1], "a@example.jp", "bad\nbcc: x@example.jp", "b@example.jp")
    assert fates(outcomes) == {0: Fate.SENT, 1: Fate.PERMANENT, 2: Fate.SENT}


def test_lines_that_begin_with_a_dot_arrive_whole(postbox: tuple[Postbox, int]) -> None:
    box, port = postbox
    send(port, "a@example.jp", words=make_words(body=".\n.始まりの点\nおわり"))
    text = box.mails[0].get_body(("plain",))
    assert text is not None and ".\r\n.始まりの点\r\nおわり" in text.get_content()


def test_nobody_listening_is_temporary() -> None:
    outcomes = send(closed_port(), "a@example.jp", "b@example.jp")
    assert set(fates(outcomes).values()) == {Fate.TEMPORARY}


def test_a_server_that_hangs_is_temporary() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        outcomes = send(silent.getsockname()[1], "a@example.jp", "b@example.jp")
    assert set(fates(outcomes).values()) == {Fate.TEMPORARY}


def test_a_missing_password_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NENRIN_SMTP_PASSWORD", raising=False)
    (outcome,) = send(1, "a@example.jp", user="town", password_env="NENRIN_SMTP_PASSWORD")
    assert outcome.fate is Fate.TEMPORARY
    assert "NENRIN_SMTP_PASSWORD" in outcome.reason


@pytest.mark.parametrize(("severity", "stops"), [(0, True), (1, True), (2, False), (5, False)])
def test_one_click_stops_everyday_news_alone(
    postbox: tuple[Postbox, int], severity: int, stops: bool
) -> None:
    box, port = postbox
    words = make_words(severity=severity)
    send(port, "a@example.jp", words=words, unsubscribe_suffix="/stop")
    (mail,) = box.mails
    assert ("List-Unsubscribe-Post" in mail) is stops
    assert (mail["List-Unsubscribe"] == "<https://kaneyama.example/m/token0/stop>") is stops
