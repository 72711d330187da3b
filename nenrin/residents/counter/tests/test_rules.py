"""How long somebody waits."""

import pytest

from ..rules import Measured, expected_wait, minutes_each, shown_wait


def test_measured_minutes_today_count_more_than_recent_weeks():
    assert minutes_each(Measured([], []), usual=10) == 10
    assert minutes_each(Measured([20], [5, 5]), usual=10) == 20
    assert minutes_each(Measured([], [4, 6, 8]), usual=10) == 6


@pytest.mark.parametrize(
    ("ahead", "serving", "each", "windows", "wait"),
    [
        (0, [], 10, 1, 0),
        (0, [4.0], 10, 1, 6),
        (0, [30.0], 10, 1, 0),
        (3, [5.0], 10, 1, 35),
        (3, [5.0, 5.0], 10, 2, 20),
        (1, [5.0], 10, 2, 8),
        (0, [5.0], 10, 2, 0),
    ],
)
def test_work_ahead_is_shared_by_the_windows(ahead, serving, each, windows, wait):
    assert expected_wait(ahead, serving, each, windows) == wait


def test_words_are_steps_people_plan_by():
    assert [shown_wait(m) for m in (0, 4, 11, 43)] == ["まもなくです", "約4分", "約15分", "約45分"]
