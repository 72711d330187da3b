"""Telegrams and feeds that attack: nothing in them is obeyed, and nothing else than a refusal."""

import contextlib
import random
import time

import pytest

from nenrin.residents.alerts.feeds.atom import read_feed
from nenrin.residents.alerts.feeds.errors import FeedError
from nenrin.residents.alerts.telegrams.errors import TelegramError
from nenrin.residents.alerts.telegrams.parse import parse_telegram
from tests.fixtures.stack import OWN_TELEGRAM

GOOD = OWN_TELEGRAM.read_bytes()
SECRET = b"root:x:0:0"
BOMB = (
    b'<!DOCTYPE r [<!ENTITY a "' + b"x" * 100 + b'">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)  # fmt: skip
OUTSIDE = b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
REMOTE = b'<!DOCTYPE r SYSTEM "http://127.0.0.1:1/evil.dtd">'
PARAMETER = b'<!DOCTYPE r [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'


def _with(declaration: bytes, reference: bytes, *, before: bytes = b"") -> bytes:
    head, body = GOOD.split(b"?>", 1)
    body = body.replace(b"<Title>", b"<Title>" + reference, 1)
    return head + b"?>" + before + declaration + body


@pytest.fixture(autouse=True)
def quickly():
    started = time.monotonic()
    yield
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "data",
    [
        _with(BOMB, b"&j;"),
        _with(OUTSIDE, b"&e;"),
        _with(REMOTE, b""),
        _with(PARAMETER, b""),
        _with(OUTSIDE, b"&e;", before=b"<!-- " + b"x" * 9000 + b" -->"),
        _with(OUTSIDE.replace(b"DOCTYPE", b"doctype"), b"&e;"),
        _with(OUTSIDE, b"&e;").decode().replace('"UTF-8"', '"UTF-16"').encode("utf-16"),
        _with(BOMB, b"&j;").decode().replace('"UTF-8"', '"UTF-16"').encode("utf-16"),
        _with(b"", b"&nbsp;"),
    ],
    ids=[
        "bomb", "file", "remote", "parameter", "late", "lower", "utf-16", "bomb-16", "undeclared"
    ],
)  # fmt: skip
def test_what_declares_or_names_an_entity_is_refused(data):
    with pytest.raises(TelegramError) as refusal:
        parse_telegram(data)
    assert SECRET.decode() not in str(refusal.value)


def test_giants_are_refused_at_once():
    giant = _with(b"", b"<!--" + b"x" * (17 * 1024 * 1024) + b"-->")
    with pytest.raises(TelegramError, match="バイト"):
        parse_telegram(giant)


@pytest.mark.parametrize("depth", [41, 300, 100_000])
def test_deep_nests_are_refused(depth):
    with pytest.raises(TelegramError):
        parse_telegram(_with(b"", b"<a>" * depth + b"</a>" * depth))


def test_wide_ones_are_read_or_refused():
    attributes = b" ".join(b'a%d="x"' % n for n in range(50_000))
    with pytest.raises(TelegramError):
        parse_telegram(b"<Report " + attributes + b"/>")


def test_every_cut_is_a_refusal_and_nothing_else():
    for length in range(0, len(GOOD) - 1, max(1, len(GOOD) // 200)):
        with pytest.raises(TelegramError):
            parse_telegram(GOOD[:length])


def test_random_damage_is_read_or_refused():
    chance = random.Random(4)
    for _ in range(200):
        data = bytearray(GOOD)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(TelegramError):
            parse_telegram(bytes(data))


@pytest.mark.parametrize("declaration", [BOMB, OUTSIDE, REMOTE, PARAMETER])
def test_feeds_are_read_as_warily(declaration):
    feed = b'<?xml version="1.0"?>' + declaration + b'<feed xmlns="http://www.w3.org/2005/Atom"/>'
    with pytest.raises(FeedError):
        read_feed(feed)
