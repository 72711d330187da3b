from hypothesis import given, settings
from hypothesis import strategies as st

from nenrin.engines.forms.definition_file import read_definition
from nenrin.engines.forms.evaluation.evaluate import evaluate
from nenrin.engines.forms.evaluation.result import ProblemKind
from nenrin.engines.forms.tests.forms_for_tests import OUTING, TODAY, answers, outing

FORM = outing()


def look(**changed):
    return evaluate(FORM, answers(**changed), today=TODAY)


def paths(found, kind):
    return {one.path for one in found.problems if one.kind is kind}


def test_a_whole_form_is_complete_and_its_fee_is_decided():
    found = look()
    assert found.is_complete and found.next_section is None
    assert found.computed["nights"] == 2
    assert (found.fee.amount, found.fee.name) == (1000, "ふつう")


def test_nothing_answered_asks_for_the_first_page_only():
    found = evaluate(FORM, {}, today=TODAY)
    assert found.sections == ("leader", "stay")
    assert found.next_section == "leader"
    assert found.fee is None and found.has_fee


def test_a_page_on_which_nothing_is_asked_is_left_out():
    assert "attachments" not in look().sections
    assert "attachments" in look(guests=[{"called": "ア", "age": 4}]).sections


def test_rules_hold_for_each_item_by_itself():
    guests = [{"called": "ア", "age": 4}, {"called": "イ", "age": 15}, {"called": "ウ", "age": 16}]
    found = look(guests=guests)
    assert {path for path in found.visible if path.endswith("guardian")} == {
        "guests.0.guardian",
        "guests.1.guardian",
    }
    assert "guests.0.allergy" in found.required
    assert "guests.1.allergy" not in found.required
    assert "permit" in found.visible
    assert found.fee.name == "大家族割引" and found.fee.amount == 3200


def test_what_is_hidden_counts_as_unanswered():
    found = look(comes=False, guests=[{"called": "ア", "age": 4}])
    assert "guests" not in found.visible and "permit" not in found.visible
    assert found.fee.name == "見学"
    assert found.is_complete


def test_an_optional_group_left_blank_is_empty_and_not_unknown():
    assert look(guests=None).fee.amount == 1000


def test_a_check_speaks_only_when_it_is_certain():
    assert paths(look(ends="2026-11-30"), ProblemKind.CHECK) == {"ends"}
    assert paths(look(ends=None), ProblemKind.CHECK) == set()


def test_a_block_names_its_answers_and_article():
    (block,) = look(birth="2008-11-27").blocks
    assert block.uses == ("birth",) and block.article == "規約3条"
    assert not look(birth="2008-11-26").blocks


def test_what_may_follow_does_not_hold_back_the_form():
    found = look(guests=[{"called": "ア", "age": 12, "guardian": "イ"}])
    assert paths(found, ProblemKind.MISSING) == {"permit"}
    assert found.may_be_sent and not found.is_complete


def test_a_spoiled_answer_is_named_and_does_no_harm():
    found = look(birth="きのう", guests="x")
    assert paths(found, ProblemKind.UNREADABLE) == {"birth", "guests"}


def test_too_many_items_are_too_many():
    guests = [{"called": "ア", "age": 40}] * 5
    assert paths(look(guests=guests), ProblemKind.SHORT) == {"guests"}


ITEM = st.fixed_dictionaries(
    {}, optional={"called": st.just("ア"), "age": st.integers(0, 120), "guardian": st.just("イ")}
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "leader": st.just({"family": "見", "given": "本"}),
        "birth": st.dates().map(str),
        "comes": st.booleans(),
        "guests": st.lists(ITEM, max_size=5),
        "starts": st.dates().map(str),
        "ends": st.dates().map(str),
        "permit": st.just([{"id": "1", "name": "a", "type": "image/jpeg", "bytes": 1}]),
        "strange": st.integers(),
    },
)


@given(ANSWERS)
def test_required_and_wrong_are_always_visible(found_answers):
    found = evaluate(FORM, found_answers, today=TODAY)
    assert found.required <= found.visible
    assert {one.path for one in found.problems} <= found.visible
    assert set(found.computed) <= found.visible
    assert found.next_section is None or found.next_section in found.sections


@given(ANSWERS)
def test_hidden_answers_change_nothing(found_answers):
    found = evaluate(FORM, found_answers, today=TODAY)
    shown = {name: value for name, value in found_answers.items() if name in found.visible}
    assert evaluate(FORM, shown, today=TODAY) == found


@given(ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_answers_and_of_runs_does_not_matter(found_answers, random):
    names = list(found_answers)
    random.shuffle(names)
    shuffled = {name: found_answers[name] for name in names}
    assert evaluate(FORM, shuffled, today=TODAY) == evaluate(FORM, found_answers, today=TODAY)


@given(ANSWERS, st.permutations(range(3)))
@settings(max_examples=50)
def test_the_order_of_sections_changes_no_value(found_answers, order):
    moved = FORM.model_copy(update={"sections": tuple(FORM.sections[place] for place in order)})
    one = evaluate(read_definition(OUTING), found_answers, today=TODAY)
    other = evaluate(moved, found_answers, today=TODAY)
    assert one.visible == other.visible and one.required == other.required
    assert one.fee == other.fee and one.computed == other.computed
    assert set(one.problems) == set(other.problems)


@given(ANSWERS, st.sampled_from(["birth", "comes", "starts", "ends", "leader"]))
def test_a_fee_once_decided_stays_with_more_answers(found_answers, name):
    without = {key: value for key, value in found_answers.items() if key != name}
    less = evaluate(FORM, without, today=TODAY).fee
    more = evaluate(FORM, found_answers, today=TODAY).fee
    if less is not None:
        assert more == less
