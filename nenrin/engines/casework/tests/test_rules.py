from datetime import date

import pytest

from nenrin.engines.casework.rules import (
    add_business_days,
    business_days_between,
    is_business_day,
)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 28),  # Saturday
        date(2026, 11, 23),  # 勤労感謝の日
        date(2026, 5, 6),  # 振替休日
        date(2026, 12, 29),
        date(2027, 1, 3),
    ],
)
def test_the_town_hall_rests(day):
    assert not is_business_day(day)


def test_days_are_counted_over_the_turn_of_the_year():
    assert add_business_days(date(2026, 12, 28), 1) == date(2027, 1, 4)
    assert add_business_days(date(2026, 11, 20), 3) == date(2026, 11, 26)
    assert add_business_days(date(2026, 11, 26), 0) == date(2026, 11, 26)


def test_between_is_the_way_back():
    assert business_days_between(date(2026, 12, 28), date(2027, 1, 4)) == 1
    assert business_days_between(date(2027, 1, 4), date(2026, 12, 28)) == -1
