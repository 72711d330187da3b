from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenrin.engines.forms.language.parser import parse
from nenrin.engines.forms.language.tree import Binary, ExpressionError, Literal, Name, Unary


def test_and_binds_tighter_than_or_and_not_tighter_than_and():
    node = parse("a or not b and c")
    assert isinstance(node, Binary) and node.operator == "or"
    assert isinstance(node.right, Binary) and node.right.operator == "and"
    assert isinstance(node.right.left, Unary)


def test_numbers_are_exact_and_dates_are_days():
    assert parse("0.1") == Literal(Fraction(1, 10), 0)
    assert parse("2026-04-01").value.isoformat() == "2026-04-01"
    assert parse("2026-4") == Binary("-", Literal(2026, 0), Literal(4, 5), 4)


def test_a_part_of_a_field_is_one_name():
    assert parse("home.area") == Name(("home", "area"), 0)


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("age = 3", 5, "「==」と書いてください"),
        ("age >", 6, "式の終わり"),
        ("(age", 5, "「)」が要ります"),
        ("1 < age < 3", 9, "and で分けて"),
        ('name == "太', 9, "終わりの"),
        ("年 > 3", 1, "使えない文字"),
        ("2026-02-30", 1, "という日はありません"),
        ("age and", 8, "項目の名前か値"),
        ("age 3", 5, "前で式が終わって"),
        ("and age", 1, "左か右が足りません"),
    ],
)
def test_an_error_says_where_and_what_to_write(text, at, words):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert str(caught.value).startswith(f"{at}文字目: ")
    assert words in str(caught.value)


def test_depth_and_length_are_limited():
    for text in ("(" * 100 + "1" + ")" * 100, "1+" * 2000 + "1"):
        with pytest.raises(ExpressionError):
            parse(text)


@pytest.mark.parametrize("text", ["not " * 400 + "a", "-" * 1500 + "1", "1" + "+1" * 900])
def test_a_chain_too_long_to_walk_is_refused(text):
    with pytest.raises(ExpressionError, match="分けて"):
        parse(text)


@given(st.text(max_size=60) | st.text(alphabet='ab1."<>=+-*/()[], not', max_size=60))
def test_any_text_is_an_expression_or_refused_with_a_place(text):
    try:
        parse(text)
    except ExpressionError as error:
        assert 0 <= error.at <= len(text) and error.message.endswith("。")
