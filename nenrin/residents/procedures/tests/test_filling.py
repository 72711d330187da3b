from datetime import date

import pytest

from nenrin.residents.procedures.filling.opened import open_names, opened
from nenrin.residents.procedures.filling.outside import area_choices, outside_now, slot_rules
from nenrin.residents.procedures.filling.prefill import prefill_for
from nenrin.residents.procedures.guide import find_procedures

from .factories import evaluated, publish, record_answers, resident, sent, shipped


def test_the_register_and_earlier_answers_fill_in(small_town):
    person = resident()
    form = shipped("resident-record-copy")
    known = prefill_for(person, form)
    assert known["applicant"]["family"] == person.family_name
    assert known["home"]["area_name"] in person.household.address
    assert "telephone" not in known and prefill_for(None, form) == {}
    sent(person)
    assert prefill_for(person, form)["telephone"] == "0233521111"


def test_slots_leave_closed_days_out():
    rule = next(rule for rule in slot_rules() if rule.name == "counter_slots")
    days = {choice.value[:10] for choice in rule.choices(date(2026, 12, 25))}
    assert len(days) == 10 and min(days) == "2026-12-28" and "2026-12-29" not in days
    gym = next(rule for rule in slot_rules() if rule.name == "gym_slots")
    assert next(iter(gym.choices(date(2026, 12, 25)))).value.startswith("2026-12-28")


def test_every_list_that_a_shipped_form_asks_for_is_there(town):
    outside = outside_now()
    for slug in ("dog-registration", "hall-booking", "resident-record-copy"):
        for _, question in shipped(slug).questions():
            source = getattr(question, "slots_from", "") or getattr(question, "areas_from", "")
            assert not source or outside.choices[source], (slug, source)
    assert area_choices()[0].label.startswith("大字")


def test_what_a_mended_answer_brings_with_it_opens_too():
    form = shipped("resident-record-copy")
    answers = record_answers(kind="part")
    names = open_names(["kind"], evaluated(form, answers))
    assert names == {"kind", "persons"}
    pages = opened(form, names).pages
    assert [[field.name for field in page.fields] for page in pages] == [["kind", "persons"]]


@pytest.mark.parametrize("words", ["ペット", "犬 登録", "ごみ・環境", "鑑札"])
def test_everyday_words_find_it(town, words):
    publish("dog-registration")
    assert [e.definition.slug for e in find_procedures(words)] == ["dog-registration"]


def test_words_that_fit_nothing_find_nothing(town):
    publish("dog-registration")
    assert find_procedures("犬 うちゅう") == [] and find_procedures(" ") == []
