from nenrin.engines.forms.evaluation.review import review
from nenrin.engines.forms.tests.forms_for_tests import TODAY, answers, outing

GUESTS = [{"called": "ア", "age": 4, "guardian": "イ"}, {"called": "ウ", "age": 30}]


def rows(**changed):
    found = review(outing(), answers(**changed), today=TODAY)
    return {row.path: row.text for section in found for row in section.rows}


def test_every_visible_answer_is_told_in_words():
    found = rows(guests=GUESTS)
    assert found["leader"] == "見本 太郎（ミ タ）"
    assert found["birth"] == "昭和55年2月29日（1980年）"
    assert found["comes"] == "はい"
    assert found["guests.0.age"] == "4才"
    assert found["guests.0.allergy"] == ""
    assert found["nights"] == "2"
    assert "guests.1.guardian" not in found


def test_what_is_hidden_is_not_told():
    found = rows(comes=False, guests=GUESTS)
    assert not any(path.startswith("guests") for path in found)
