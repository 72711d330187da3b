from datetime import date

from nenrin.engines.measures.rules import fiscal_year, fiscal_year_span, reiwa, share_reached


def test_a_fiscal_year_runs_from_april_to_march():
    assert fiscal_year(date(2026, 3, 31)) == 2025
    assert fiscal_year(date(2026, 4, 1)) == 2026
    start, end = fiscal_year_span(2025)
    assert (start.isoformat(), end.isoformat()) == (
        "2025-04-01T00:00:00+09:00",
        "2026-04-01T00:00:00+09:00",
    )


def test_years_are_named_as_the_plan_names_them():
    assert (reiwa(2023), reiwa(2027)) == ("R5", "R9")


def test_a_share_stays_between_nothing_and_all():
    assert [share_reached(value, 100) for value in (-1, 0, 28, 100, 250)] == [0, 0, 0.28, 1, 1]
    assert share_reached(5, 0) == 0
