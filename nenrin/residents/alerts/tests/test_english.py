import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nenrin.residents.alerts.english import advice_in_english, english_words, hazard_name
from nenrin.residents.alerts.readings.place import Statement
from nenrin.residents.alerts.rules import Change, Known

DATA = Path(__file__).resolve().parents[1] / "data"
AT = datetime(2026, 8, 30, 5, 5, tzinfo=UTC)


def rows(name):
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_japanese_advice_has_its_english():
    japanese = {(row["hazard"], row["min_strength"]) for row in rows("words.csv")}
    english = {(row["hazard"], row["min_strength"]) for row in rows("english_words.csv")}
    assert japanese == english


def test_every_hazard_of_the_rules_has_a_name():
    names = {row["hazard"] for row in rows("english_names.csv")}
    assert {row["hazard"] for row in rows("rules.csv") + rows("hazards.csv")} <= names


def test_a_warning_says_first_what_to_do_and_that_the_level_is_an_equivalent():
    change = Change("raised", Known("landslide", "", 0), Statement("landslide", "x", 3, 4))
    words = english_words(change, place="Kaneyama Town", reported_at=AT)
    assert words["title"] == "Kaneyama Town: Landslide danger warning"
    assert words["body"].startswith("If you are near a cliff or a mountain stream, leave now.")
    assert "(equivalent to alert level 4)" in words["body"]
    assert words["body"].endswith("Japan Meteorological Agency, 30 August 14:05")


@pytest.mark.parametrize(
    ("kind", "said"), [("lifted", "lifted"), ("cancelled", "a mistake"), ("lowered", "is now")]
)
def test_an_easing_names_what_stood_before(kind, said):
    change = Change(
        kind, Known("rain", "x", 2), Statement("rain", "y", 1 if kind == "lowered" else 0)
    )
    words = english_words(change, place="Kaneyama Town", reported_at=AT)
    assert "Heavy rain warning" in words["body"] and said in words["body"]


def test_names_of_what_has_no_grade():
    assert hazard_name("quake", 5) == "Earthquake, intensity 5 lower"
    assert hazard_name("river", 3) == "River flood, level 3"
    assert advice_in_english("thunder", 1) == "Follow the news and take care."
