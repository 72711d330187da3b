import pytest

from nenrin.engines.forms.definition_file import read_definition
from nenrin.engines.forms.simulation.combinations import pairwise
from nenrin.engines.forms.simulation.findings import FindingKind
from nenrin.engines.forms.simulation.simulate import simulate
from nenrin.engines.forms.tests.forms_for_tests import TODAY, outing

HEAD = """
slug: f
title: 題
sections:
  - name: s
    title: 頁
    fields:
"""


def tried(fields, rest=""):
    return simulate(read_definition(HEAD + fields + rest), today=TODAY)


def messages(found, kind):
    return [one.message for one in found.of(kind)]


def test_a_good_form_may_be_published_and_shows_its_fees():
    found = simulate(outing(), today=TODAY)
    assert found.may_publish, found.report()
    assert found.paths > 10
    assert any(step.amount == 3200 for step in found.fee_steps)
    assert "手数料のさかい目" in found.report()


AGE = "      - {kind: date, name: birth, label: 生年月日, when: past, birthday: true}\n"


@pytest.mark.parametrize("age", [6, 18, 65, 75])
def test_boundaries_of_an_age_are_met_on_the_day(age):
    found = tried(
        AGE,
        f"""
fee:
  rules:
    - {{name: 上, when: "age_at(birth, today) >= {age}", amount: 0}}
    - {{name: 下, amount: 500}}
""",
    )
    assert found.may_publish
    assert {step.amount for step in found.fee_steps} == {0, 500}


def test_sums_counts_and_arithmetic_reach_their_limits():
    found = tried(
        """
      - kind: group
        name: bills
        label: 領収書
        most: 9
        fields:
          - {kind: money, name: paid, label: 額}
          - {kind: text, name: why, label: わけ, show: "paid * 2 + 100 > 20000"}
      - {kind: text, name: many, label: 多い, show: "count(bills) >= 7"}
      - {kind: text, name: large, label: 高い, show: "floor(sum(bills, paid) / 2, 1000) >= 50000"}
      - {kind: text, name: rich, label: 二つとも, show: "count(bills, paid > 3000) == 2"}
"""
    )
    assert found.may_publish, found.report()


def test_a_question_nobody_sees_is_unreachable():
    found = tried(
        """
      - {kind: number, name: n, label: 数, most: 9}
      - {kind: text, name: t, label: 文, show: n > 9}
"""
    )
    assert messages(found, FindingKind.UNREACHABLE) == ["項目「文」は、どう答えても出ません。"]


def test_a_choice_that_leads_nowhere_is_a_dead_end():
    found = tried(
        """
      - kind: choice
        name: c
        label: 選ぶ
        choices: [{value: a, label: ア}, {value: b, label: イ}]
        checks: [{that: 'c == "a"', message: だめです。}]
"""
    )
    assert messages(found, FindingKind.DEAD_END) == [
        "「選ぶ」で「イ」を選ぶと、理由も出ないまま送れません。"
    ]


def test_checks_that_cannot_both_hold_contradict():
    found = tried(
        """
      - kind: number
        name: n
        label: 数
        checks:
          - {that: n > 5, message: 大きく。}
          - {that: n < 3, message: 小さく。}
"""
    )
    assert "どう答えても送れません" in messages(found, FindingKind.CONTRADICTION)[0]
    assert not found.may_publish


def test_a_block_for_everyone_is_a_contradiction():
    found = tried(
        "      - {kind: number, name: n, label: 数}\n",
        "blocks: [{when: n >= 0, message: できません。}]\n",
    )
    assert messages(found, FindingKind.CONTRADICTION)


def test_fees_that_leave_a_gap_or_never_hold_are_told():
    found = tried(
        "      - {kind: number, name: n, label: 数, most: 9}\n",
        """
fee:
  rules:
    - {name: ア, when: n > 3, amount: 5 - n}
    - {name: イ, when: n > 4, amount: 1}
""",
    )
    words = "".join(messages(found, FindingKind.FEE))
    assert "「イ」は、だれにも" in words and "決まらない" in words and "0円より小さく" in words


def test_pairwise_holds_every_pair_in_few_rows():
    sizes = {"a": 4, "b": 3, "c": 2, "d": 4, "e": 3}
    rows = list(pairwise(sizes))
    for one in sizes:
        for other in sizes:
            if one < other:
                pairs = {(row[one], row[other]) for row in rows}
                assert len(pairs) == sizes[one] * sizes[other]
    assert len(rows) < 30


def test_the_simulation_is_the_same_every_time():
    assert simulate(outing(), today=TODAY) == simulate(outing(), today=TODAY)
