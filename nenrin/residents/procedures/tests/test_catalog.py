import csv
import os
from datetime import date
from pathlib import Path

import pytest

from nenrin.engines.forms.definition_file import read_definition, write_definition
from nenrin.engines.forms.evaluation.clean import clean_answers
from nenrin.engines.forms.evaluation.evaluate import evaluate, program_of
from nenrin.engines.forms.fields.contract import Choice, Outside
from nenrin.engines.forms.simulation.cases import CaseMaker
from nenrin.residents.procedures.catalog import catalog, definition_paths

ROOT = Path(__file__).resolve().parents[4]
CORPUS = Path(os.environ.get("NENRIN_CORPUS", ROOT.parent / "shared" / "data"))
OUTLINES = Path(__file__).resolve().parents[1] / "data" / "outlines.csv"
TODAY = date(2026, 11, 26)
SAMPLE = [Choice(value="sample", label="見本字")]
MUST_BE_COMPLETE = (
    "resident-record-copy", "income-certificate", "child-allowance", "nursery-application",
    "school-aid", "care-certification", "snow-support", "disaster-certificate",
    "dog-registration", "water-start-stop", "town-housing", "hall-booking", "bulky-waste",
    "health-check-booking", "farmland-consultation",
)  # fmt: skip


class _Any(dict):
    """Lists of choices from outside, all alike."""

    def get(self, name, default=()):
        return SAMPLE


OUTSIDE = Outside(TODAY, _Any())


def slugs():
    return [path.stem for path in definition_paths()]


def outlines():
    with OUTLINES.open(encoding="utf-8") as file:
        return {row["outline"]: row["slug"] for row in csv.DictReader(file)}


def test_there_are_a_hundred_and_each_file_bears_its_slug():
    assert len(catalog()) == 100
    assert sorted(catalog()) == sorted(slugs())
    assert sorted(outlines().values()) == sorted(slugs())


def test_every_row_of_the_plan_is_a_procedure_with_its_level_and_ending():
    path = CORPUS / "procedures_100.csv"
    if not path.exists():
        pytest.skip("手続きの一覧の置き場がありません")
    levels = {"mynumber_card": "card"}
    endings = {"none": "online", "required": "visit", "pickup": "pickup"}
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            made = catalog()[outlines()[row["id"]]]
            level = levels.get(row["identity_level"], row["identity_level"])
            assert (made.group, made.owner) == (row["life_event"], row["department"]), row["id"]
            assert (made.identity, made.ending) == (level, endings[row["counter_visit"]]), row["id"]


def test_the_most_important_are_complete_and_at_least_forty_are():
    complete = {slug for slug, made in catalog().items() if made.is_complete}
    assert set(MUST_BE_COMPLETE) <= complete
    assert len(complete) >= 40


@pytest.mark.parametrize("slug", slugs())
def test_an_ordinary_applicant_walks_to_the_end(slug):
    """What the simulator sends comes back the same from the boxes people type into."""
    made = catalog()[slug]
    maker = CaseMaker(program_of(made), TODAY)
    maker.settle(lambda case: evaluate(made, case, today=TODAY).is_complete)
    case = maker.answers({})
    state = evaluate(made, case, today=TODAY)
    assert state.is_complete and state.next_section is None, state.problems
    asked = [question for _, question in made.questions() if question.name in case]
    typed = {question.name: question.boxes(case[question.name]) for question in asked}
    typed |= {question.name: case[question.name] for question in asked if question.kind == "file"}
    cleaned = clean_answers(asked, typed, OUTSIDE)
    assert cleaned.problems == {}
    again = evaluate(made, cleaned.answers, today=TODAY)
    assert again.is_complete and again.fee == state.fee


@pytest.mark.parametrize("slug", slugs())
def test_a_complete_procedure_says_what_people_hear_and_on_what_it_stands(slug):
    made = catalog()[slug]
    turns = {notice.at for notice in made.notices}
    assert {"received", "returned"} <= turns
    assert made.keywords and made.summary and made.legal_basis
    if made.is_complete:
        assert made.decision_words and made.retention_years
        assert turns & {"approved", "ready"}


def test_every_amount_and_every_by_law_of_the_town_is_marked_as_an_example():
    for made in catalog().values():
        for basis in made.legal_basis:
            assert basis.is_example or not basis.name.startswith("町"), made.slug
        for rule in made.fee.rules if made.fee else ():
            assert rule.is_example or rule.amount == 0, (made.slug, rule.name)


def test_no_shipped_form_asks_for_a_my_number():
    for made in catalog().values():
        for _, question in made.questions():
            assert "個人番号" not in question.label and "マイナンバーを" not in question.label


def test_files_stand_as_they_would_be_exported():
    for path in definition_paths():
        text = path.read_text(encoding="utf-8")
        assert write_definition(read_definition(text)) == text, path.name


def test_on_the_first_and_last_day_of_a_fiscal_year_forms_still_work():
    for day in (date(2027, 3, 31), date(2027, 4, 1), date(2028, 2, 29)):
        for made in catalog().values():
            maker = CaseMaker(program_of(made), day)
            good = (evaluate(made, case, today=day).may_be_sent for case in maker.cases())
            assert any(good), (made.slug, day)
