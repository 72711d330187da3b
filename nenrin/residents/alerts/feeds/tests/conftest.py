"""A feed host on loopback that says what the test tells it to."""

from collections.abc import Iterator

import pytest

from ..addresses import FeedBase, feed_base
from .host import FeedHost, running_host


@pytest.fixture
def host() -> Iterator[FeedHost]:
    with running_host() as running:
        yield running


@pytest.fixture
def base(host: FeedHost) -> FeedBase:
    return feed_base(host.url + "/feed/", rehearsal=True)
