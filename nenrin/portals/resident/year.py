"""A resident's own year: what they read and answered, month by month, as rings."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from nenrin.core.messaging.models import Delivery
from nenrin.core.people.models import Person

MONTHS = 12
THINNEST = 0.35


@dataclass(frozen=True, slots=True)
class Month:
    """One ring."""

    first: date
    read: int
    confirmed: int

    @property
    def width(self) -> float:
        """Even a quiet month grows a thin ring."""
        return THINNEST + self.read + self.confirmed


@dataclass(frozen=True, slots=True)
class Year:
    """The last twelve months, the oldest first."""

    months: list[Month]

    @property
    def widths(self) -> list[float]:
        """Ring widths from the pith outwards."""
        return [month.width for month in self.months]

    @property
    def read(self) -> int:
        """Messages read."""
        return sum(month.read for month in self.months)

    @property
    def confirmed(self) -> int:
        """Messages confirmed or answered."""
        return sum(month.confirmed for month in self.months)


def year_of(person: Person) -> Year:
    """Messages this person's own devices read, by the month in Japan."""
    today = timezone.localdate()
    firsts = [_month(today, back) for back in range(MONTHS - 1, -1, -1)]
    since = timezone.make_aware(datetime(firsts[0].year, firsts[0].month, 1))
    rows = (
        Delivery.objects.filter(
            endpoint__person=person, opened_at__gte=since, message__is_drill=False
        )
        .annotate(month=TruncMonth("opened_at"))
        .values_list("month")
        .annotate(
            Count("message", distinct=True),
            Count("message", distinct=True, filter=Q(confirmed_at__isnull=False)),
        )
    )
    known = {timezone.localdate(month): (read, done) for month, read, done in rows}
    return Year([Month(first, *known.get(first, (0, 0))) for first in firsts])


def _month(day: date, back: int) -> date:
    first = day.replace(day=1)
    for _ in range(back):
        first = (first - timedelta(days=1)).replace(day=1)
    return first
