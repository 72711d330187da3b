"""An SMS with long words is cut, its link never (answers of the gateway: test_gateway)."""

import pytest

from nenrin.core.messaging.transports.contract import Fate
from nenrin.core.messaging.transports.gateway import GatewayOptions
from nenrin.core.messaging.transports.sms.transport import LONGEST_SMS, SmsTransport
from nenrin.core.messaging.transports.tests.local_server import Reply, serving
from nenrin.core.messaging.transports.tests.parcels import make_parcel, make_words


def test_long_words_are_cut_and_the_link_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NENRIN_TEST_TOKEN", "secret")
    words = make_words(
        heading="【訓練】高齢者等避難", body="川があふれそうです。" * 200, is_drill=True
    )
    with serving(lambda _: Reply(200)) as gateway:
        options = GatewayOptions.model_validate(
            {"api_base": gateway.base, "token_env": "NENRIN_TEST_TOKEN"}
        )
        (outcome,) = SmsTransport().send(options, words, [make_parcel(5, "+819012345678")])
    text = gateway.seen[0].content["text"]
    assert outcome.fate is Fate.SENT
    assert text.startswith("【訓練】")
    assert text.endswith("/m/token5")
    assert 600 < len(text) <= LONGEST_SMS
