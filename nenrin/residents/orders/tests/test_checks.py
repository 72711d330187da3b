from datetime import UTC, datetime, timedelta

import pytest

from nenrin.core.messaging.transports.contract import Parcel, Words
from nenrin.residents.orders.checks import channel_checks, sms_parts, speech_seconds

AT = datetime(2026, 8, 30, 5, 5, tzinfo=UTC)
PARCEL = Parcel(0, "", {}, f"https://kaneyama.example/m/{'x' * 64}", "https://kaneyama.example/r/x")


def _words(title="題", body="文", reading="よみ"):
    return Words(
        message_id="m",
        town_code="063614",
        town_name="金山町",
        heading=title,
        body=body,
        easy_body="",
        reading=reading,
        severity=4,
        is_drill=False,
        asks_safety=True,
        released_at=AT,
        expires_at=AT + timedelta(hours=1),
    )


def _unfit(**fields):
    return {check.key for check in channel_checks(_words(**fields), PARCEL) if not check.fits}


def test_short_words_fit_everywhere():
    assert _unfit() == set()


@pytest.mark.parametrize(
    ("fields", "keys"),
    [
        ({"title": "長" * 31}, {"tablet"}),
        ({"title": "長" * 41}, {"tablet", "email"}),
        ({"body": "長" * 161}, {"tablet"}),
        ({"body": "長" * 700}, {"tablet", "sms"}),
        ({"body": "長" * 1400}, {"tablet", "sms", "webpush"}),
        ({"body": "長" * 5000}, {"tablet", "sms", "webpush", "line"}),
        ({"reading": "あ" * 420}, {"voice"}),
    ],
)
def test_each_channel_says_when_it_is_too_long(fields, keys):
    assert _unfit(**fields) == keys


@pytest.mark.parametrize(
    ("length", "parts"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (660, 10)]
)
def test_a_long_sms_is_several(length, parts):
    assert sms_parts(length) == parts


def test_speech_is_measured_with_what_the_voice_adds():
    assert speech_seconds(_words(reading="あ" * 70)) > 10
