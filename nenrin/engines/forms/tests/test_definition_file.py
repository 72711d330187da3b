import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenrin.engines.forms.definition_file import (
    read_content,
    read_definition,
    write_content,
    write_definition,
)
from nenrin.engines.forms.faults import DefinitionRefused
from nenrin.engines.forms.tests.forms_for_tests import OUTING, outing


def test_a_definition_survives_file_and_database():
    form = outing()
    assert read_definition(write_definition(form)) == form
    assert read_content(write_content(form)) == form


def test_yaml_traps_stay_texts():
    form = read_definition(
        OUTING.replace("title: 遠足の申込", "title: no\nkeywords: [on, 2026-04-01, 12:30]")
    )
    assert form.title == "no"
    assert form.keywords == ("on", "2026-04-01", "12:30")
    assert read_definition(write_definition(form)) == form


@given(st.text(alphabet=list("ab:-[]{}#&*!|>,1 '\"\n\\"), max_size=60))
def test_any_text_is_read_or_refused(text):
    with pytest.raises(DefinitionRefused):
        read_definition(text)


def test_nesting_without_end_is_refused():
    with pytest.raises(DefinitionRefused):
        read_definition("[" * 20_000)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("slug: outing", "slug: outing\nslug: other", "3行目: 「slug」が二度書かれています。"),
        ("slug: outing", "slug: Outing", "slug: は小文字の英字"),
        ("slug: outing", "slug: outing\nfeee: 1", "feee: という項目は使えません"),
        ("kind: name,", "kind: nane,", "sections › leader › fields › leader: 「nane」"),
        ("most: 4", "most: many", "guests › most: は数字で"),
        ("name: starts", "name: birth", "「birth」という名前が2回"),
        ("name: called", "name: comes", "「comes」は外にもあります"),
        ("slug: outing", "slug: &a outing\nsummary: *a", "&と*は使えません"),
        ("slug: outing", "? [a]\n: b\nslug: outing", "左は文字だけ"),
        ("slug: outing", "slug: outing\n1: x", "左は文字で"),
        ("  - name: stay", "  - 3\n  - name: stay", "sections › 2: は「名前: 値」の組で"),
        ("slug: outing", "slug: [", "書き方がくずれています"),
        (
            "slug: outing",
            'slug: outing\nnotices: [{at: ready, title: x, body: "{name} 様"}]',
            "{name} は使えません",
        ),
    ],
)
def test_a_fault_says_where_and_what(old, new, words):
    with pytest.raises(DefinitionRefused) as caught:
        read_definition(OUTING.replace(old, new, 1))
    assert words in str(caught.value)
