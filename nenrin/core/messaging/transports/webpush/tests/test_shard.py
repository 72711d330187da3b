"""A shard's own decisions, without a network."""

import pycurl
import pytest

from nenrin.core.messaging.transports.contract import Fate
from nenrin.core.messaging.transports.tests.parcels import make_parcel, make_words
from nenrin.core.messaging.transports.webpush.http2_loop import Answer
from nenrin.core.messaging.transports.webpush.options import WebPushOptions
from nenrin.core.messaging.transports.webpush.shard import Shard
from nenrin.core.messaging.transports.webpush.tests.browser import Browser
from nenrin.core.messaging.transports.webpush.vapid import make_vapid_key

ADDRESS = "https://updates.push.services.mozilla.com/wpush/v2/one"


@pytest.fixture
def shard() -> Shard:
    options = WebPushOptions(vapid_private_key=make_vapid_key())
    return Shard(options, make_words(), [make_parcel(1, ADDRESS, keys=Browser().keys)])


@pytest.mark.parametrize("trouble", [pycurl.E_RECV_ERROR, pycurl.E_SEND_ERROR, pycurl.E_HTTP2])
def test_a_line_that_broke_is_tried_once_more_with_the_same_bytes(
    shard: Shard, trouble: int
) -> None:
    first = shard.next_post()
    assert first and not shard.settle(Answer(first.tag, 0, b"", trouble))
    again = shard.next_post()
    assert again and (again.url, again.body) == (first.url, first.body)
    (outcome,) = shard.settle(Answer(again.tag, 0, b"", trouble))
    assert outcome.fate is Fate.TEMPORARY
    assert outcome.again == first.body
    assert shard.next_post() is None


def test_a_service_that_cannot_be_reached_is_left_for_later(shard: Shard) -> None:
    post = shard.next_post()
    assert post
    (outcome,) = shard.settle(Answer(post.tag, 0, b"", pycurl.E_COULDNT_CONNECT))
    assert outcome.fate is Fate.TEMPORARY
    assert shard.next_post() is None
