"""Office days. Pure: no clock."""

from datetime import date, timedelta

import jpholiday

# 地方自治法4条の2: offices rest from 29 December to 3 January.
YEAR_END, NEW_YEAR = (12, 29), (1, 3)


def is_business_day(day: date) -> bool:
    """Whether the town hall is open: no weekend, no holiday, not the turn of the year."""
    rests = (day.month, day.day) >= YEAR_END or (day.month, day.day) <= NEW_YEAR
    return day.weekday() < 5 and not rests and not jpholiday.is_holiday(day)


def add_business_days(day: date, count: int) -> date:
    """The ``count``-th open day after a day; the first day is not counted (民法140条)."""
    left = count
    while left > 0:
        day += timedelta(days=1)
        left -= is_business_day(day)
    return day


def business_days_between(start: date, end: date) -> int:
    """Open days after ``start`` up to and with ``end``; negative where ``end`` lies before."""
    if end < start:
        return -business_days_between(end, start)
    span = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_business_day(day) for day in span)
