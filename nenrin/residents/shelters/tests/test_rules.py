import pytest

from nenrin.residents.shelters.rules import distance_km, room_left, room_words

TOWN_HALL, SHINJO_STATION = (38.8834, 140.3399), (38.7624, 140.3056)


def test_distance_is_as_the_crow_flies():
    assert distance_km(TOWN_HALL, SHINJO_STATION) == pytest.approx(13.8, abs=0.2)
    assert distance_km(TOWN_HALL, TOWN_HALL) == 0


@pytest.mark.parametrize(
    ("capacity", "people", "left", "words"),
    [
        (None, 80, None, "定員未入力"),
        (100, 0, 100, "空きあり"),
        (100, 80, 20, "残りわずか"),
        (100, 100, 0, "満員"),
        (100, 130, 0, "満員"),
    ],
)
def test_room_in_numbers_and_words(capacity, people, left, words):
    assert room_left(capacity, people) == left
    assert room_words(capacity, people) == words
