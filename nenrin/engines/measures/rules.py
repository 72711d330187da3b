"""Fiscal years (地方自治法208条: 1 April to 31 March) and how a goal is judged."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

JST = ZoneInfo("Asia/Tokyo")
REIWA_BEGAN = 2019


def fiscal_year(day: date) -> int:
    """The fiscal year of a day in Japan."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_span(year: int) -> tuple[datetime, datetime]:
    """First moment of a fiscal year and of the one after it, in Asia/Tokyo."""
    return datetime(year, 4, 1, tzinfo=JST), datetime(year + 1, 4, 1, tzinfo=JST)


def reiwa(year: int) -> str:
    """A fiscal year as the plan writes it: R7 for 2025."""
    return f"R{year - REIWA_BEGAN + 1}"


def share_reached(value: float, target: float) -> float:
    """How much of a target is reached, 0 to 1."""
    return min(max(value / target, 0.0), 1.0) if target > 0 else 0.0
