"""Compare a day with every provider's report. The network is asked between two transactions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from nenrin.core.tenancy.scope import town_scope

from .contract import ProviderError, Span
from .merchants import Ready, hosted_merchants
from .models import Reconciliation
from .rules import compare
from .selectors import booked_between
from .services.keep_reconciliation import keep_reconciliation

AROUND = timedelta(hours=1)


@dataclass(frozen=True)
class Outcome:
    """How a provider's day came out; ``words`` say why there is no comparison."""

    provider: str
    kept: Reconciliation | None = None
    words: str = ""


def day_span(day: date) -> Span:
    """A day of the town's clock."""
    zone = timezone.get_default_timezone()
    start = datetime.combine(day, time(), zone)
    return Span(start, datetime.combine(day + timedelta(days=1), time(), zone))


def reconcile_day(*, town: str, day: date, acting_user: str) -> list[Outcome]:
    """Every hosted provider of the town; call it outside a town's scope."""
    with town_scope(town):
        ready = hosted_merchants()
    return list(_each(town, day, ready, acting_user))


def _each(town: str, day: date, ready: list[Ready], acting_user: str) -> Iterable[Outcome]:
    span = day_span(day)
    wide = Span(span.since - AROUND, span.until + AROUND)
    for one in ready:
        with town_scope(town):
            booked = booked_between(one.provider.key, wide)
        try:
            reported = one.provider.report(one.options, wide, booked)
        except ProviderError as error:
            yield Outcome(one.provider.key, words=str(error))
            continue
        with town_scope(town):
            compared = compare(span, booked, reported)
            kept = keep_reconciliation(
                provider=one.provider.key, day=day, compared=compared, acting_user=acting_user
            )
        yield Outcome(one.provider.key, kept)
