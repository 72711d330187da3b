"""Functions of the language. Each is a pure function of known values."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .types import DATE, NUMBER, TEXT, Type

Number = int | Fraction


@dataclass(frozen=True)
class Function:
    """``needs`` are the types of the arguments; the last may repeat where ``repeats``."""

    needs: tuple[Type, ...]
    gives: Type
    act: Callable[..., Any]
    least: int = 0
    repeats: bool = False


def age_at(birth: date, day: date) -> int:
    """Full years on ``day``: the age changes with the birthday, a 29 February's on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def days_between(start: date, end: date) -> int:
    """Days from ``start`` to ``end``; negative where the end lies before."""
    return (end - start).days


def fiscal_year(day: date) -> int:
    """年度: April to March."""
    return day.year if day.month >= 4 else day.year - 1


def months_between(start: date, end: date) -> int:
    """Full months from ``start`` to ``end``."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def add_days(day: date, days: Number) -> date | None:
    """The day so many days later; unknown beyond the calendar."""
    try:
        return day + timedelta(days=int(days))
    except OverflowError:
        return None


def add_months(day: date, months: Number) -> date | None:
    """The same day so many months later, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + int(months), 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def date_of(year: Number, month: Number, day: Number) -> date | None:
    """The date, or unknown where there is none."""
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None


def floor(value: Number, unit: Number = 1) -> Number | None:
    """The largest multiple of ``unit`` not above (端数切り捨て)."""
    return None if unit == 0 else tidy(Fraction(value) // unit * unit)


def ceil(value: Number, unit: Number = 1) -> Number | None:
    """The smallest multiple of ``unit`` not below (端数切り上げ)."""
    return None if unit == 0 else tidy(-(Fraction(-value) // unit) * unit)


def tidy(value: Number) -> Number:
    """An integer where the fraction is whole."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


FUNCTIONS = {
    "age_at": Function((DATE, DATE), NUMBER, age_at, 2),
    "days_between": Function((DATE, DATE), NUMBER, days_between, 2),
    "months_between": Function((DATE, DATE), NUMBER, months_between, 2),
    "fiscal_year": Function((DATE,), NUMBER, fiscal_year, 1),
    "year_of": Function((DATE,), NUMBER, lambda day: day.year, 1),
    "month_of": Function((DATE,), NUMBER, lambda day: day.month, 1),
    "add_days": Function((DATE, NUMBER), DATE, add_days, 2),
    "add_months": Function((DATE, NUMBER), DATE, add_months, 2),
    "date_of": Function((NUMBER, NUMBER, NUMBER), DATE, date_of, 3),
    "floor": Function((NUMBER, NUMBER), NUMBER, floor, 1),
    "ceil": Function((NUMBER, NUMBER), NUMBER, ceil, 1),
    "min": Function((NUMBER,), NUMBER, min, 2, repeats=True),
    "max": Function((NUMBER,), NUMBER, max, 2, repeats=True),
    "length": Function((TEXT,), NUMBER, len, 1),
}
# Functions that look at a group, or at what is unknown: the checker and the compiler know them.
SPECIAL = ("sum", "any", "all", "count", "answered", "if")
