from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenrin.core.people.rules import contains_my_number, parse_date


def _with_check_digit(eleven: str) -> str:
    weights = [n + 1 if n <= 6 else n - 5 for n in range(1, 12)]
    remainder = sum(int(p) * q for p, q in zip(reversed(eleven), weights, strict=True)) % 11
    return eleven + str(0 if remainder <= 1 else 11 - remainder)


ELEVEN = st.text("0123456789", min_size=11, max_size=11)


@given(ELEVEN)
def test_every_my_number_is_recognised_however_it_is_written(eleven):
    number = _with_check_digit(eleven)
    grouped = f"{number[:4]}-{number[4:8]}-{number[8:]}"
    wide = number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for text in (number, grouped, wide, f"番号は{number}です"):
        assert contains_my_number(text)


@given(ELEVEN, st.integers(1, 9))
def test_a_wrong_check_digit_is_none(eleven, off):
    number = _with_check_digit(eleven)
    wrong = number[:11] + str((int(number[11]) + off) % 10)
    assert not contains_my_number(wrong)
    assert not contains_my_number("9" + number)


def test_a_my_number_with_each_digit_in_a_box_is_recognised():
    assert contains_my_number("1 2 3 4 5 6 7 8 9 0 1 8")
    assert contains_my_number("番号 １　２　３　４　５　６　７　８　９　０　１　８ です")
    assert not contains_my_number("1 2 3 4 5 6 7 8 9 0 1 2")
    assert not contains_my_number("0 1 2 3 4 5 6 7 8 9 0 1 8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("20261124", date(2026, 11, 24)),
        ("2026/1/2", date(2026, 1, 2)),
        ("S30.1.2", date(1955, 1, 2)),
        ("昭和30年1月2日", date(1955, 1, 2)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("Ｈ３１．４．３０", date(2019, 4, 30)),
    ],
)
def test_dates_as_towns_write_them(text, expected):
    assert parse_date(text) == expected


@pytest.mark.parametrize("text", ["", "昨日", "2026-02-30", "S65.1.1", "令和元年4月30日", "H0.1.1"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):
        parse_date(text)
