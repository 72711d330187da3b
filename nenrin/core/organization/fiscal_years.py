"""Fiscal years (地方自治法208条: 1 April to 31 March). Pure: no clock."""

from datetime import date, datetime

from nenrin.core.areas.japan import JST

REIWA_BEGAN = 2019


def fiscal_year(day: date) -> int:
    """The fiscal year of a day in Japan."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_span(year: int) -> tuple[datetime, datetime]:
    """First moment of a fiscal year and of the one after it, in Asia/Tokyo."""
    return datetime(year, 4, 1, tzinfo=JST), datetime(year + 1, 4, 1, tzinfo=JST)


def reiwa(year: int) -> str:
    """A fiscal year as offices write it: R7 for 2025."""
    return f"R{year - REIWA_BEGAN + 1}"
