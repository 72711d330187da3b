import math

import pytest

from nenrin.core.areas.models import District, Shelter
from nenrin.portals.resident.levels import level_in_words
from nenrin.portals.resident.places import CLOSEST, draw, kilometres, middle_of, nearest


def test_distance_on_the_globe():
    assert kilometres(38.0, 140.0, 39.0, 140.0) == pytest.approx(111.2, abs=0.1)
    assert kilometres(38.8, 140.3, 38.8, 140.3) == 0


def test_shelters_come_nearest_first_from_the_districts_oaza(town):
    places = nearest(Shelter.objects.all(), District.objects.get(code="01"), 5)
    away = [place.kilometres for place in places]
    assert away == sorted(away) and len(away) == 5 and away[0] < 2


def test_without_a_place_they_come_by_name(town):
    places = nearest(Shelter.objects.all(), None)
    assert [p.shelter.name for p in places] == sorted(p.shelter.name for p in places)
    assert middle_of(None) is None


def test_no_two_dots_of_the_map_hide_one_another(town):
    drawn = draw(nearest(Shelter.objects.all(), None)).places
    gaps = [math.dist((a.x, a.y), (b.x, b.y)) for a in drawn for b in drawn if a is not b]
    assert min(gaps) > CLOSEST * 0.7
    assert all(0 < place.x < 320 for place in drawn)


def test_a_map_of_nothing_is_empty():
    assert draw([]).places == ()


@pytest.mark.parametrize(
    ("words", "number", "is_equivalent"),
    [
        ("（警戒レベル4相当）", 4, True),
        ("警戒レベル４　避難指示", 4, False),
        ("警戒レベル3相当 警戒レベル3 高齢者等避難", 3, False),
    ],
)
def test_the_level_in_the_words(words, number, is_equivalent):
    level = level_in_words("題", words)
    assert (level.number, level.is_equivalent) == (number, is_equivalent)


def test_words_without_a_level_have_none():
    assert level_in_words("震度5弱の地震", "火の元を確かめてください。") is None
