from datetime import date

import pytest

from nenrin.core.people.composition import age_on, composition

TODAY = date(2026, 11, 26)


def born(age):
    return date(TODAY.year - age, 1, 1)


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        ([84], "80代 ひとり"),
        ([71, 69], "70代 ふたり"),
        ([40], "ひとり"),
        ([70, 44], "ふたり（65歳以上 1人）"),
        ([80, 78, 50, 48, 4], "5人（65歳以上 2人・6歳まで 1人）"),
        ([], "0人"),
    ],
)
def test_a_household_is_said_in_a_few_words(ages, words):
    assert composition([born(age) for age in ages], TODAY) == words


def test_an_unknown_birthday_is_counted_but_not_guessed():
    assert composition([None, born(80)], TODAY) == "ふたり（65歳以上 1人）"


def test_a_birthday_is_reached_on_its_day():
    assert age_on(date(1960, 11, 27), TODAY) == 65
    assert age_on(date(1960, 11, 26), TODAY) == 66
