"""A call says the words twice and names where to report."""

import pytest

from nenrin.core.messaging.transports.contract import Fate
from nenrin.core.messaging.transports.tests.local_server import Reply, serving
from nenrin.core.messaging.transports.tests.parcels import make_parcel, make_words
from nenrin.core.messaging.transports.voice.transport import VoiceOptions, VoiceTransport


def test_the_call_asks_for_the_reading_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NENRIN_TEST_TOKEN", "secret")
    with serving(lambda _: Reply(201, content={"id": 42})) as gateway:
        options = VoiceOptions.model_validate(
            {"api_base": gateway.base, "token_env": "NENRIN_TEST_TOKEN"}
        )
        parcels = [make_parcel(5, "+81233522111")]
        (outcome,) = VoiceTransport().send(options, make_words(is_drill=True), parcels)
    (request,) = gateway.seen
    assert (outcome.fate, outcome.reference) == (Fate.SENT, "42")
    assert request.path == "/voice/calls"
    assert request.content["language"] == "ja-JP"
    assert request.content["callback_url"] == "https://kaneyama.example/r/token5"
    assert "これは訓練です。ひなんしじです。" in request.content["say"]
