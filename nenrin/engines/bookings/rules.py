"""Which times a weekly pattern offers. Pure: no clock, no database."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from nenrin.core.areas.japan import JST

WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True)
class Times:
    """On this weekday (0 is Monday), times of so many minutes."""

    weekday: int
    starts: time
    ends: time
    minutes: int


@dataclass(frozen=True)
class Slot:
    """A time on offer; aware."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Pattern:
    """The whole offer: from ``first_day`` days ahead for ``days`` days that are open."""

    times: tuple[Times, ...]
    first_day: int
    days: int
    closed: Collection[date]
    is_open_day: Callable[[date], bool]

    def slots(self, now: datetime) -> Iterator[Slot]:
        """Every time from now on, the earliest first."""
        day = now.astimezone(JST).date() + timedelta(days=self.first_day)
        last = day + timedelta(days=4 * self.days + 30)
        offered = 0
        while offered < self.days and day < last:
            of_day = [] if day in self.closed or not self.is_open_day(day) else [*self._of(day)]
            offered += bool(of_day)
            yield from (slot for slot in of_day if slot.starts_at > now)
            day += timedelta(days=1)

    def _of(self, day: date) -> Iterator[Slot]:
        for times in self.times:
            if times.weekday != day.weekday():
                continue
            start = datetime.combine(day, times.starts, JST)
            end = datetime.combine(day, times.ends, JST)
            length = timedelta(minutes=times.minutes)
            while start + length <= end:
                yield Slot(start, start + length)
                start += length
