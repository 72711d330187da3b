import pytest

from nenrin.engines.forms.definition_file import read_definition
from nenrin.engines.forms.evaluation.program import build_program
from nenrin.engines.forms.faults import DefinitionRefused

FORM = """
slug: f
title: 題
sections:
  - name: s
    title: 頁
    fields:
      - {{kind: number, name: a, label: あ, {a}}}
      - {{kind: number, name: b, label: い, {b}}}
"""


def faults(**rules):
    text = FORM.format(**({"a": "help: x", "b": "help: x"} | rules))
    with pytest.raises(DefinitionRefused) as caught:
        build_program(read_definition(text))
    return str(caught.value)


def test_computed_fields_that_need_each_other_are_refused_by_name():
    words = faults(a="compute: b + 1", b="compute: a + 1")
    assert "頼り合っています" in words and "「あ」" in words and "「い」" in words


def test_questions_that_show_each_other_are_refused():
    assert "頼り合っています" in faults(a="show: b > 1", b="show: a > 1")


def test_every_fault_is_told_at_once():
    words = faults(a="show: b", b="compute: today")
    assert "項目「あ」の show" in words and "項目「い」の compute" in words


def test_an_item_may_not_depend_on_its_own_answer_in_all_items():
    text = """
slug: f
title: 題
sections:
  - name: s
    title: 頁
    fields:
      - kind: group
        name: g
        label: 組
        fields:
          - {kind: number, name: n, label: 数, show: "sum(g, n) > 3"}
"""
    with pytest.raises(DefinitionRefused, match="頼り合って"):
        build_program(read_definition(text))
