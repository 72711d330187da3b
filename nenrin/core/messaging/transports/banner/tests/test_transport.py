"""The banner's delivery is sent at once."""

from nenrin.core.messaging.transports.banner.transport import BannerTransport
from nenrin.core.messaging.transports.contract import Fate, NoOptions
from nenrin.core.messaging.transports.tests.parcels import make_parcel, make_words


def test_the_banner_is_sent() -> None:
    (outcome,) = BannerTransport().send(NoOptions(), make_words(), [make_parcel(1)])
    assert outcome.fate is Fate.SENT
