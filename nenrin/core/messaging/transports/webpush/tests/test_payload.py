"""The payload fits, whatever the words; and headers say how long and how urgent."""

import json
import re
from datetime import timedelta

from nenrin.core.messaging.transports.tests.parcels import RELEASED, make_parcel, make_words
from nenrin.core.messaging.transports.webpush.encryption import LARGEST_PLAINTEXT
from nenrin.core.messaging.transports.webpush.headers import message_headers, topic, urgency
from nenrin.core.messaging.transports.webpush.payload import SMALLER_LIMITS, PayloadWriter

FIELDS = {"id", "title", "body", "severity", "drill", "url", "receipt", "asks_safety"}


def test_all_fields_are_there() -> None:
    content = json.loads(PayloadWriter(make_words(is_drill=True)).write(make_parcel(3)))
    assert set(content) == FIELDS
    assert content["drill"] is True
    assert content["url"].endswith("/m/token3")
    assert content["receipt"].endswith("/r/token3")


def test_long_words_are_cut_at_a_sentence_and_fit() -> None:
    writer = PayloadWriter(make_words(body='川が"あふれそう"です。\n' * 400))
    for limit in SMALLER_LIMITS:
        payload = writer.write(make_parcel(3), limit)
        assert limit - 80 < len(payload) <= limit <= LARGEST_PLAINTEXT
        assert json.loads(payload)["body"].endswith("。…")


def test_headers_of_a_message() -> None:
    words = make_words(released_at=RELEASED, expires_at=RELEASED + timedelta(hours=1))
    headers = dict(line.split(": ") for line in message_headers(words, RELEASED) if ": " in line)
    assert headers["TTL"] == "3600"
    assert headers["Urgency"] == "high"
    assert headers["Content-Encoding"] == "aes128gcm"
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,32}", headers["Topic"])


def test_ttl_stays_between_nothing_and_four_weeks() -> None:
    late = make_words(expires_at=RELEASED - timedelta(hours=1))
    assert message_headers(late, RELEASED)[0] == "TTL: 0"
    long = make_words(expires_at=RELEASED + timedelta(days=90))
    assert message_headers(long, RELEASED)[0] == "TTL: 2419200"


def test_only_what_is_urgent_wakes_a_phone() -> None:
    assert urgency(make_words(severity=0)) == "normal"
    assert urgency(make_words(severity=0, asks_safety=True)) == "high"
    assert urgency(make_words(severity=2)) == "high"
    assert topic("a") != topic("b")
