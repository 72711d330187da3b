from datetime import UTC, datetime

import pytest

from nenrin.residents.orders.levels import Hazard, Kind, Level, severity_of
from nenrin.residents.orders.words import Place, Subject, propose_reading, propose_words

AT = datetime(2026, 8, 30, 5, 5, tzinfo=UTC)
PLACES = (Place("有屋", "ありや"), Place("朴山", "ほおやま"))


def _subject(kind, level=None, hazard="landslide", places=PLACES, **fields):
    return Subject(kind, level, hazard, "金山町", "Kaneyama", places, AT, **fields)


@pytest.mark.parametrize("hazard", Hazard.values)
@pytest.mark.parametrize("level", Level.values)
def test_every_order_has_words_in_every_form(level, hazard):
    words = propose_words(_subject(Kind.ORDER, level, hazard))
    assert f"警戒レベル{level} {Level(level).label}" in words.title and "有屋・朴山" in words.title
    assert "8月30日 14時05分" in words.body and words.easy_body
    assert "ありや" in words.reading and "有屋" not in words.reading
    assert words.english_title == words.english_title.strip() and "Ariya" in words.english_title
    assert "{" not in "".join((words.title, words.body, words.reading, words.english_body))


@pytest.mark.parametrize("hazard", Hazard.values)
def test_lifting_names_what_was_ordered(hazard):
    words = propose_words(_subject(Kind.LIFT, None, hazard, ordered="警戒レベル4 避難指示"))
    assert words.title == "警戒レベル4 避難指示を解除しました（有屋・朴山）"


def test_many_districts_are_counted_in_the_title_and_named_in_the_body():
    places = tuple(Place(name, "かな") for name in "あいうえお")
    words = propose_words(_subject(Kind.ORDER, 3, places=places))
    assert "あ・い・うほか2地区" in words.title and "あ・い・う・え・お" in words.body


def test_without_places_it_is_the_whole_town():
    words = propose_words(_subject(Kind.ORDER, 4, places=()))
    assert "町内全域" in words.title and "the whole town" in words.english_title


def test_everyday_news_starts_empty_and_its_reading_is_made():
    words = propose_words(_subject(Kind.NEWS, None, "other"))
    assert words.title == "" and words.english_body == ""
    assert "だんすい" in propose_reading("金山町", "断水のお知らせ", "明日です。")


@pytest.mark.parametrize(
    ("kind", "level", "severity"),
    [
        ("order", 5, 5),
        ("order", 3, 3),
        ("important", None, 2),
        ("news", None, 0),
        ("lift", None, 1),
    ],
)
def test_the_ladder_follows_the_kind(kind, level, severity):
    assert severity_of(kind, level) == severity
