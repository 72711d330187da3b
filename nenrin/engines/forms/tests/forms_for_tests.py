"""A form that uses every mechanism, for the tests of this engine: a share of a club's outing."""

from datetime import date

from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.definition_file import read_definition

TODAY = date(2026, 11, 26)

OUTING = """
slug: outing
title: 遠足の申込
sections:
  - name: leader
    title: 代表
    fields:
      - {kind: name, name: leader, label: 代表の名前}
      - {kind: date, name: birth, label: 生年月日, when: past, birthday: true}
      - {kind: yes_no, name: comes, label: 代表も行きますか}
  - name: party
    title: 一緒に行く人
    show: comes
    fields:
      - kind: group
        name: guests
        label: 一緒に行く人
        item: 人
        least: 0
        most: 4
        required: false
        fields:
          - {kind: text, name: called, label: よび名}
          - {kind: number, name: age, label: 年, unit: 才, most: 120}
          - {kind: text, name: guardian, label: 保護者, show: age < 16}
          - kind: text
            name: allergy
            label: アレルギー
            required: age < 6
  - name: stay
    title: 泊まり
    skip: not comes
    fields:
      - {kind: date, name: starts, label: 行く日, when: future}
      - kind: date
        name: ends
        label: 帰る日
        when: future
        checks:
          - {that: ends >= starts, message: 帰る日は行く日より後にしてください。}
      - {kind: number, name: nights, label: 泊数, compute: "days_between(starts, ends)"}
attachments:
  - {name: permit, label: 承諾書, show: "any(guests, age < 16)", may_follow: true}
blocks:
  - when: age_at(birth, today) < 18
    message: 代表は18才以上の人にしてください。
    article: 規約3条
fee:
  rules:
    - {name: 見学, when: not comes, amount: 0}
    - {name: 大家族割引, when: count(guests) >= 3, amount: "(1 + count(guests)) * 800"}
    - name: ふつう
      amount: 1000 + count(guests, age >= 16) * 1000 + count(guests, age < 16) * 500
"""


def outing() -> Definition:
    """The form, read anew."""
    return read_definition(OUTING)


def answers(**changed: object) -> dict[str, object]:
    """Answers that are whole, with some changed; None takes one away."""
    found: dict[str, object] = {
        "leader": {"family": "見本", "given": "太郎", "family_kana": "ミ", "given_kana": "タ"},
        "birth": "1980-02-29",
        "comes": True,
        "guests": [],
        "starts": "2026-12-01",
        "ends": "2026-12-03",
    } | changed
    return {name: value for name, value in found.items() if value is not None}
