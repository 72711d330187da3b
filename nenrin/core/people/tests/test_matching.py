from datetime import date

import pytest

from nenrin.core.people.matching import Described, likeness, plain_address, plain_name

TOWN = "金山町"
BORN = date(1950, 4, 1)


@pytest.mark.parametrize(
    ("card", "register"),
    [
        ("髙橋　花子", "高橋花子"),
        ("山﨑 一郎", "山崎一郎"),
        ("渡邊 栄", "渡辺榮"),
        ("渡邉 ハナ", "渡辺 ﾊﾅ"),
        ("斎藤 稔", "齋藤 稔"),
        ("SMITH JOHN", "ＳＭＩＴＨ　ＪＯＨＮ"),
        ("辻\U000e0100 健", "辻健"),
    ],
)
def test_one_name_however_it_is_written(card, register):
    assert plain_name(card) == plain_name(register)


def test_two_names_stay_two():
    assert plain_name("太田 一") != plain_name("大田 一")
    assert plain_name("畠山 一") != plain_name("畑山 一")


@pytest.mark.parametrize(
    "written",
    [
        "山形県最上郡金山町大字金山324番地の1",
        "山形県最上郡金山町大字金山３２４番地１",
        "金山町大字金山三百二十四番地の一",
        "大字金山324－1",
        "金山324-1",
        "大字金山３２４ー１",
        "山形県 最上郡 金山町 大字金山 324番1号",
    ],
)
def test_one_address_however_it_is_written(written):
    assert plain_address(written, TOWN) == "金山324-1"


def test_chome_and_houses():
    assert plain_address("山形県新庄市大手町二丁目3番4号", TOWN) == "新庄市大手町2-3-4"
    assert plain_address("大字金山324番地1 コーポ雪 201", TOWN) != "金山324-1"
    assert plain_address("大字金山十五番地", TOWN) == "金山15"


def test_likeness_says_what_differs():
    card = Described("髙橋 花子", BORN, "山形県最上郡金山町大字金山324番地の1")
    same = likeness(card, Described("高橋花子", BORN, "大字金山324番地1"), TOWN)
    assert same.is_exact
    moved = likeness(card, Described("高橋花子", BORN, "大字有屋1番地"), TOWN)
    assert not moved.is_exact and moved.is_close and not moved.address
    twin = likeness(card, Described("高橋春子", BORN, "大字有屋1番地"), TOWN)
    assert not twin.is_close


def test_another_reading_is_another_name():
    line = Described("高橋花子", BORN, "大字金山1", "タカハシハナコ")
    assert likeness(Described("高橋花子", BORN, "大字金山1", "ﾀｶﾊｼ ﾊﾅｺ"), line, TOWN).name
    assert not likeness(Described("高橋花子", BORN, "大字金山1", "タカハシカコ"), line, TOWN).name


def test_a_missing_birth_date_never_agrees():
    assert not likeness(Described("a", None, "b"), Described("a", None, "b"), TOWN).birth_date
