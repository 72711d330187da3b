from copy import deepcopy

import pytest

from nenrin.engines.forms.definition_file import write_content
from nenrin.engines.forms.drafting.conditions import named, ready_conditions, try_expression
from nenrin.engines.forms.drafting.content import (
    PieceGone,
    add_page,
    add_question,
    blank,
    change_question,
    free_name,
    question_of,
    questions_in,
    turn_into,
)
from nenrin.engines.forms.drafting.moves import (
    carry_question,
    move_page,
    move_question,
    remove_page,
    remove_question,
)
from nenrin.engines.forms.drafting.state import examine, scope_of
from nenrin.engines.forms.drafting.usage import users_of
from nenrin.engines.forms.language.types import BOOL
from nenrin.engines.forms.tests.forms_for_tests import outing


@pytest.fixture
def content():
    return write_content(outing())


def names(content, holder):
    return [piece["name"] for piece in questions_in(content, holder)]


def test_a_fresh_one_can_be_tried_at_once():
    assert examine(blank("x", "あたらしい")).definition.title == "あたらしい"


def test_every_change_leaves_what_it_was_given_as_it_was(content):
    before = deepcopy(content)
    text = {"kind": "text", "name": "extra", "label": "ほか"}
    changes = [
        add_page("もう一つ", "more"), add_question("p-leader", text), move_page("party", -1),
        move_question("p-leader", "birth", 1), remove_question("p-leader", "birth"),
        remove_page("stay"), carry_question("p-leader", "comes", "p-stay"),
        change_question("p-leader", "comes", {"kind": "yes_no", "name": "comes", "label": "?"}),
    ]  # fmt: skip
    for change in changes:
        assert change(content) != before
        assert content == before


def test_pieces_move_between_their_neighbours_and_stop_at_the_end(content):
    moved = move_question("p-leader", "comes", 1)(content)
    assert moved == content
    moved = move_question("p-leader", "comes", -1)(content)
    assert names(moved, "p-leader") == ["leader", "comes", "birth"]
    assert names(move_question("g-guests", "age", -1)(content), "g-guests")[0] == "age"
    assert [page["name"] for page in move_page("stay", -1)(content)["sections"]][1] == "stay"


def test_what_is_gone_is_told(content):
    for act in (
        lambda: questions_in(content, "p-nowhere"),
        lambda: questions_in(content, "g-nowhere"),
        lambda: question_of(content, "p-leader", "nowhere"),
        lambda: move_question("p-leader", "nowhere", 1)(content),
    ):
        with pytest.raises(PieceGone):
            act()


def test_names_are_free_even_inside_groups(content):
    assert free_name(content, "age") == "age1"
    taken = add_question("g-guests", {"kind": "number", "name": "age1", "label": "x"})(content)
    assert free_name(taken, "age") == "age2"


def test_another_kind_keeps_words_and_conditions(content):
    piece = question_of(content, "p-stay", "starts") | {"show": "comes"}
    made = turn_into(content, piece, "choice")
    assert (made["label"], made["show"], len(made["choices"])) == ("行く日", "comes", 2)
    assert "when" not in made


def test_faults_are_told_with_the_labels_of_the_form(content):
    content["sections"][1]["show"] = "comse"
    (fault,) = examine(content).faults
    assert (
        fault.place == "ページ「一緒に行く人」の出す条件"
        and "「comes」のことですか" in fault.message
    )
    content["sections"][1]["show"] = "comes"
    content["sections"][0]["fields"][0]["label"] = ""
    assert "「leader」" in examine(content).faults[0].place
    content["sections"].append({"name": "empty", "title": "から", "fields": []})
    assert examine(content).faults[0].place == "ページ「から」"
    assert examine({"format": 1, "slug": "x", "title": "x"}).faults


def test_rules_that_use_a_question_are_found(content):
    found = users_of(content, "age")
    assert any("承諾書" in line for line in found) and any("保護者" in line for line in found)
    assert users_of(content, "nights") == []


def test_ready_conditions_all_hold_in_their_place(content):
    for holder, group in (("p-leader", ""), ("g-guests", "guests")):
        scope = scope_of(content, group)
        found = ready_conditions(content, holder, "leader")
        assert ("comes", "「代表も行きますか」が「はい」") in found
        for text, _ in found:
            assert not try_expression(text, BOOL, scope, named(content)).error, text
