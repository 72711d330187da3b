"""What `nenrin doctor` looks at in the alerts: feeds that nobody reads, or that do not answer."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from nenrin.core.operations.doctor.contract import Check, Finding

from .feeds.addresses import feed_base
from .feeds.errors import AddressRefused
from .feeds.rounds import HIGH_FREQUENCY, LONG, REGULAR
from .models import FeedState

PATIENCE: Sequence[tuple[Sequence[str], timedelta]] = (
    (HIGH_FREQUENCY, timedelta(minutes=5)),
    (REGULAR, timedelta(minutes=10)),
    (LONG, timedelta(minutes=40)),
)


def find_stale_feeds() -> Iterator[Finding]:
    """Where this installation polls: each feed that was not read for longer than it may be."""
    if not settings.NENRIN.poll_feeds:
        return
    try:
        base = feed_base(settings.NENRIN.feed_base, rehearsal=settings.NENRIN.rehearsal)
    except AddressRefused as error:
        yield Finding(
            f"気象庁の配信を見に行けません: {error}", "NENRIN_FEED_BASE を直してください。"
        )
        return
    states = {state.url: state for state in FeedState.objects.all()}
    for names, patience in PATIENCE:
        for name in names:
            yield from _stale(states.get(base.feed(name)), name, patience)


def _stale(state: FeedState | None, name: str, patience: timedelta) -> Iterator[Finding]:
    seen = state.checked_at if state else None
    if seen and timezone.now() - seen < patience:
        return
    since = f"{timezone.localtime(seen):%m月%d日 %H:%M} から" if seen else "まだ一度も"
    why = f"（{state.failure}）" if state and state.failure else ""
    yield Finding(
        f"気象庁の配信 {name} を、{since}読めていません{why}。警報が届かないおそれがあります。",
        "係（nenrin worker）が動いているか、外のネットワークにつながるかを見てください。",
    )


ALERT_CHECKS = (Check("feeds", "気象庁の配信", find_stale_feeds),)
