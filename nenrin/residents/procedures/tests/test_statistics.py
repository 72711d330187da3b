from datetime import date

from nenrin.residents.procedures.statistics import (
    Handled,
    by_month,
    by_procedure,
    by_section,
    whole,
)


def _row(kind="a", days=None, opened=date(2026, 4, 3), online=True, asked=False, section="係"):
    return Handled(kind, f"手続き{kind}", section, opened, online, asked, days)


def test_the_middle_and_the_slow_ones():
    line = whole([_row(days=n) for n in (10, 1, 2, 3, 4, 5, 6, 7, 8, 9)])
    assert (line.median_days, line.slow_days, line.decided) == (5.5, 9, 10)
    assert whole([_row(days=3)]).slow_days == 3


def test_shares_and_what_is_not_decided():
    line = whole([_row(online=False, asked=True), _row(), _row(days=2), _row()])
    assert (line.count, line.online, line.asked, line.decided) == (4, 0.75, 0.25, 1)


def test_nothing_counted_has_no_share():
    line = whole([])
    assert (line.online, line.median_days, line.slow_days, line.asked) == (None,) * 4


def test_groups():
    rows = [_row("b"), _row("a"), _row("b", opened=date(2026, 5, 1), section="課")]
    assert [(one.name, one.count) for one in by_procedure(rows)] == [("手続きb", 2), ("手続きa", 1)]
    assert [one.name for one in by_month(rows)] == ["2026年4月", "2026年5月"]
    assert {one.name: one.count for one in by_section(rows)} == {"係": 2, "課": 1}
