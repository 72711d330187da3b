"""LINE's webhook at the portal: a signed press confirms and answers, anything else does nothing."""

import base64
import hashlib
import hmac
import json

import pytest

from nenrin.core.messaging.models import Channel, Delivery, Endpoint, SafetyAnswer
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.transports.line.buttons import postback_data
from nenrin.core.messaging.transports.line.webhook import WebhookRefused
from nenrin.portals.device.line import _take

SECRET = "channel-secret"


@pytest.fixture
def delivery(small_town, monkeypatch):
    monkeypatch.setenv("NENRIN_LINE_SECRET", SECRET)
    Channel.objects.create(kind="line", name="LINE")
    release_message(message=make_message(), acting_user="tester")
    return Delivery.objects.filter(channel__kind="line").select_related("endpoint").first()


def _call(user, kind="postback", secret=SECRET, **fields):
    event = {
        "type": kind,
        "mode": "active",
        "timestamp": 1_795_500_000_000,
        "source": {"type": "user", "userId": user},
        "webhookEventId": "01",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": "r",
    }
    body = json.dumps({"destination": "U0", "events": [event | fields]}).encode()
    return body, base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


def _press(delivery, answer, **options):
    data = postback_data(str(delivery.message_id), answer)
    return _take("063614", *_call(delivery.endpoint.address, postback={"data": data}, **options))


def test_a_press_becomes_a_receipt_and_an_answer(delivery):
    reports, replies = _press(delivery, "help")
    assert [(one.delivery_id, one.state) for one in reports] == [
        (delivery.pk, DeliveryState.CONFIRMED)
    ]
    assert [(one.delivery_id, one.answer) for one in replies] == [
        (delivery.pk, SafetyAnswer.Answer.HELP)
    ]


def test_a_plain_confirmation_answers_nothing(delivery):
    reports, replies = _press(delivery, "read")
    assert len(reports) == 1 and not replies


def test_a_stranger_confirms_nothing(delivery):
    data = postback_data(str(delivery.message_id), "safe")
    assert _take("063614", *_call("U-nobody", postback={"data": data})) == ([], [])


def test_a_press_with_a_wrong_signature_is_refused(delivery):
    with pytest.raises(WebhookRefused):
        _press(delivery, "safe", secret="guess")


def test_another_town_knows_neither_the_user_nor_the_message(delivery):
    with pytest.raises(WebhookRefused, match="使っていません"):
        _take("063622", *_call(delivery.endpoint.address, postback={"data": "m=1"}))


def test_who_blocks_the_account_is_not_written_to_again(delivery):
    _take("063614", *_call(delivery.endpoint.address, kind="unfollow"))
    assert Endpoint.objects.get(pk=delivery.endpoint_id).retired_reason == "友だちをやめました"
