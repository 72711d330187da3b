"""The pattern's mails are those that composing each one would make."""

import re
from dataclasses import replace

import pytest

from nenrin.core.messaging.transports.contract import Parcel, Words
from nenrin.core.messaging.transports.email.composition import compose_mail
from nenrin.core.messaging.transports.email.letters import LetterWriter
from nenrin.core.messaging.transports.email.options import EmailOptions
from nenrin.core.messaging.transports.tests.parcels import make_parcel, make_words

OPTIONS = EmailOptions(host="mail.example", from_address="info@town.example")
BOUNDARY = re.compile(rb"=+\d{10,}==")


def _composed(words: Words, parcel: Parcel) -> bytes:
    return compose_mail(OPTIONS, words, parcel).message().as_bytes(linesep="\r\n")


def _without_boundary(mail: bytes) -> bytes:
    return BOUNDARY.sub(b"=", mail)


@pytest.mark.parametrize(
    "words",
    [
        make_words(),
        make_words(asks_safety=True, is_drill=True, severity=0),
        make_words(body="長い文です。" * 400),
        make_words(body="7654321 nenrin-pattern ＠ <b>&amp;</b>", easy_body="やさしく"),
    ],
)
def test_the_pattern_gives_what_composing_gives(words: Words) -> None:
    writer = LetterWriter(OPTIONS, words)
    for number in (0, 41, 123456):
        parcel = make_parcel(number, f"person.{number}+snow@mail.example.jp")
        assert _without_boundary(writer.write(parcel)) == _without_boundary(
            _composed(words, parcel)
        )


@pytest.mark.parametrize("address", ["雪@example.jp", "hana@金山.example", "a@b.c," + "x" * 300])
def test_an_unusual_address_is_composed_by_itself(address: str) -> None:
    parcel = replace(make_parcel(1, "a@example.jp"), address=address)
    try:
        expected = _composed(make_words(), parcel)
    except ValueError:
        with pytest.raises(ValueError):
            LetterWriter(OPTIONS, make_words()).write(parcel)
    else:
        written = LetterWriter(OPTIONS, make_words()).write(parcel)
        assert _without_boundary(written) == _without_boundary(expected)
