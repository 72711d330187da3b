"""Every transport of the river is registered and says what it needs."""

from nenrin.core.messaging import plugs
from nenrin.core.messaging.transports.contract import transports

KINDS = {"webpush", "tablet", "line", "email", "sms", "voice", "paper", "feed", "banner"}
BROADCAST = {"feed", "banner"}


def test_all_kinds_are_registered_once() -> None:
    assert plugs.transports is transports
    assert {transport.key for transport in transports} >= KINDS


def test_broadcasts_are_not_personal_and_paper_needs_no_endpoint() -> None:
    ours = [transport for transport in transports if transport.key in KINDS]
    assert {t.key for t in ours if not t.is_personal} == BROADCAST
    assert {t.key for t in ours if not t.needs_endpoint} == BROADCAST | {"paper"}
