from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenrin.engines.forms.language.checker import type_of
from nenrin.engines.forms.language.compiler import compile_node
from nenrin.engines.forms.language.functions import age_at
from nenrin.engines.forms.language.parser import parse
from nenrin.engines.forms.language.tree import ExpressionError
from nenrin.engines.forms.language.types import BOOL, DATE, NUMBER, SEVERAL, TEXT, Kind, Scope, Type
from nenrin.engines.forms.language.uses import uses

PET = Type(Kind.TEXT, frozenset({"dog", "cat"}))
SCOPE = Scope(
    {
        "n": NUMBER, "m": NUMBER, "t": TEXT, "a": BOOL, "b": BOOL, "d": DATE, "pet": PET,
        "tags": Type(Kind.SEVERAL, frozenset({"x", "y"}), {"each": TEXT}),
        "home": Type(Kind.RECORD, None, {"area": TEXT}), "files": SEVERAL,
        "kids": Type(Kind.GROUP, None, {"age": NUMBER, "ok": BOOL}),
    }
)  # fmt: skip


def value(text, item=None, **values):
    node = parse(text)
    type_of(node, SCOPE)
    return compile_node(node, SCOPE)({"today": date(2026, 11, 26)} | values, item or {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3 == 7", True),
        ("0.1 + 0.2 == 0.3", True),
        ("1 / 3 * 3 == 1", True),
        ("floor(12345, 1000)", 12000),
        ("ceil(12001, 1000)", 13000),
        ("floor(-1 / 2)", -1),
        ("min(3, 1, 2) + max(1, 5)", 6),
        ("1 / 0", None),
        ('"b" in ["a", "b"]', True),
        ("date_of(2026, 2, 30)", None),
        ("fiscal_year(2026-03-31)", 2025),
        ("fiscal_year(2026-04-01)", 2026),
        ("add_months(2026-01-31, 1)", date(2026, 2, 28)),
        ("months_between(2026-01-31, 2026-02-28)", 0),
        ("days_between(2026-04-01, today)", 239),
        ('if(true, "a", "b")', "a"),
        ('length("二文字")', 3),
    ],
)
def test_values(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(1961, 11, 26), date(2026, 11, 26), 65),
        (date(1961, 11, 27), date(2026, 11, 26), 64),
    ],
)
def test_age_changes_with_the_birthday(birth, day, age):
    assert age_at(birth, day) == age


def test_three_valued_and_or_follow_kleene():
    order = {False: 0, None: 1, True: 2}
    for a, b in product([False, None, True], repeat=2):
        assert value("a and b", a=a, b=b) is min((a, b), key=order.get)
        assert value("a or b", a=a, b=b) is max((a, b), key=order.get)


@given(a=st.sampled_from([True, False, None]), b=st.sampled_from([True, False, None]))
def test_de_morgan_holds_with_the_unknown(a, b):
    assert value("not (a and b)", a=a, b=b) == value("not a or not b", a=a, b=b)


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_floor_and_ceil_surround_the_value(number, unit):
    low, high = value(f"floor(n, {unit})", n=number), value(f"ceil(n, {unit})", n=number)
    assert low <= number <= high and high - low in (0, unit)


def test_the_unknown_spreads_but_answered_tells_it():
    assert value("n > 3") is None
    assert value("n + 1") is None
    assert value("answered(n)") is False
    assert value("answered(n)", n=0) is True
    assert value('"x" in tags') is None
    assert value("n / 4", n=3) == Fraction(3, 4)


def test_folding_over_a_group():
    kids = [{"age": 3}, {"age": 20}, {"age": None}]
    assert value("any(kids, age < 6)", kids=kids) is True
    assert value("all(kids, age < 6)", kids=kids) is False
    assert value("any(kids, age > 90)", kids=kids) is None
    assert value("count(kids)", kids=kids) == 3
    assert value("count(kids, age < 6)", kids=kids) is None
    assert value("sum(kids, age)", kids=kids[:2]) == 23
    assert value("sum(kids, age * n)", kids=kids[:2], n=2) == 46
    assert value("any(kids, ok)", kids=[]) is False
    assert value("count(tags) + count(files)", tags=("x", "y"), files=("1",)) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nn > 3", "「n」のことですか"),
        ("age > 3", "「age」という項目はありません"),
        ("n and a", "「はい・いいえ」が要りますが「数」です"),
        ("n > d", "「数」が要りますが「日付」です"),
        ('pet == "bird"', "「bird」という選択肢はありません"),
        ('pet in ["dog", "cow"]', "「cow」という選択肢"),
        ('"z" in tags', "「z」という選択肢"),
        ("a < b", "くらべられません"),
        ("agee_at(d, d)", "「age_at」のことですか"),
        ("age_at(d)", "2つ"),
        ("sum(n, n)", "くり返しの項目です"),
        ("sum(kids, ok)", "「数」が要ります"),
        ("home.town", "「town」という部分"),
        ("kids.age > 3", "部分"),
        ("answered(1)", "項目の名前"),
        ("if(a, 1, d)", "「数」が要ります"),
        ("[]", "空です"),
    ],
)
def test_the_checker_refuses_what_cannot_be_meant(text, words):
    with pytest.raises(ExpressionError, match=r"文字目") as caught:
        type_of(parse(text), SCOPE)
    assert words in str(caught.value)


def test_uses_tell_fields_of_items_apart():
    node = parse("any(kids, age < n) and count(kids) > 0 and home.area == t and today > d")
    assert set(uses(node, SCOPE)) == {"kids", "kids.age", "n", "home", "t", "d"}
