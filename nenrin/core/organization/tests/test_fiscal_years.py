from datetime import date

from nenrin.core.organization.fiscal_years import fiscal_year, fiscal_year_span, reiwa


def test_a_fiscal_year_runs_from_april_to_march():
    assert fiscal_year(date(2026, 3, 31)) == 2025
    assert fiscal_year(date(2026, 4, 1)) == 2026
    start, end = fiscal_year_span(2025)
    assert (start.isoformat(), end.isoformat()) == (
        "2025-04-01T00:00:00+09:00",
        "2026-04-01T00:00:00+09:00",
    )


def test_years_are_named_as_offices_name_them():
    assert [reiwa(year) for year in (2023, 2026, 2027)] == ["R5", "R8", "R9"]
