"""What providers' HTTP answers have in common."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 3600.0
OVERLOADED = frozenset({408, 425, 429, 503})


def retry_after_seconds(value: str | None, now: datetime | None = None) -> float | None:
    """Read Retry-After (seconds or an HTTP date); None where it is absent or unreadable."""
    if not value:
        return None
    try:
        seconds = float(int(value))
    except ValueError:
        seconds = _seconds_until(value, now or datetime.now(UTC))
    return min(seconds, LONGEST_WAIT) if seconds >= 0 else None


def _seconds_until(http_date: str, now: datetime) -> float:
    try:
        moment = parsedate_to_datetime(http_date)
    except ValueError:
        return -1.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0.0)


def is_temporary(status: int) -> bool:
    """Whether the same request may succeed later."""
    return status in OVERLOADED or status >= 500
