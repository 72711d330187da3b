import csv
import io
import json
import re

import pytest

from nenrin.core.organization.models import StaffMember
from nenrin.engines.casework.models import Case, CaseEvent, Collection, HandOff, HandOffLine
from nenrin.residents.procedures.models import Application, ApplicationNotice
from nenrin.residents.procedures.tests.factories import record_answers, resident, sent
from nenrin.residents.procedures.tests.stages import decide

BATCH = "/staff/cases/batch"


@pytest.fixture
def cases(staff_client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return [sent(resident()).case for _ in range(2)]


def _all(cases, **more):
    return {"case": [case.pk for case in cases], **more}


def _text(answer):
    return answer.content.decode()


def _rows(answer, encoding="utf-8-sig"):
    return list(csv.DictReader(io.StringIO(answer.content.decode(encoding))))


def test_several_are_given_to_one_person_at_once(cases, staff_client):
    member = StaffMember.objects.filter(section__code="kenko").first()
    answer = staff_client.post(BATCH, _all(cases, act="assign", member=member.pk), follow=True)
    assert "2件を変えました" in _text(answer)
    assert set(Case.objects.values_list("assignee", flat=True)) == {member.pk}
    nobody = staff_client.post(BATCH, _all(cases, act="assign", member=""), follow=True)
    assert "担当にする人を選んで" in _text(nobody)


def test_what_arrived_is_noted_on_all(cases, staff_client):
    staff_client.post(BATCH, _all(cases, act="arrive", words="身分証の写し"))
    noted = CaseEvent.objects.filter(kind="arrived")
    assert [one.words for one in noted] == ["身分証の写し"] * 2
    empty = staff_client.post(BATCH, _all(cases, act="arrive", words=" "), follow=True)
    assert "届いたものを書いて" in _text(empty) and noted.count() == 2


def test_several_are_told_to_come_and_what_is_not_decided_says_so(cases, staff_client):
    decide(Application.objects.get(case=cases[0]))
    chosen = _all(cases, act="collect", way="visit", words="1階の3番")
    for _ in range(2):
        answer = staff_client.post(BATCH, chosen, follow=True)
        assert f"{cases[1].number}: " in _text(answer)
    assert Collection.objects.get().case == cases[0]
    assert ApplicationNotice.objects.filter(turn="ready").count() == 1
    page = f"/staff/cases/{cases[0].pk}/"
    assert "1階の3番" in _text(staff_client.get(page))
    assert cases[0].number in _text(staff_client.get("/staff/cases/?view=collect"))
    staff_client.post(page, {"act": "hand", "words": "本人"})
    assert Collection.objects.get().done_at
    assert "いま、ここに案件は" in _text(staff_client.get("/staff/cases/?view=collect"))


def test_cases_leave_as_files_and_that_is_noted(cases, staff_client):
    table = _rows(staff_client.post(BATCH, _all(cases, act="csv")))
    assert [row["受付番号"] for row in table] == [case.number for case in cases]
    assert table[0]["通数"] == "2通"
    assert HandOff.objects.get().form == "CSV" and HandOffLine.objects.count() == 2
    assert CaseEvent.objects.filter(kind="handed_off").count() == 2
    assert "CSV" in _text(staff_client.get("/staff/cases/handed"))


def test_nothing_leaves_twice_by_accident(cases, staff_client):
    staff_client.post(BATCH, _all(cases[:1], act="csv"))
    held = staff_client.post(BATCH, _all(cases, act="json"))
    assert held.status_code == 409 and "まだの1件だけを" in _text(held)
    assert cases[0].number in _text(held) and HandOff.objects.count() == 1
    chosen = re.findall(r'name="case" value="(\d+)"', _text(held))
    assert chosen[0] == str(cases[1].pk)
    again = staff_client.post(BATCH, _all(cases, act="json", again="1"))
    plain = json.loads(again.content)
    assert plain[0]["answers"] == record_answers() and plain[0]["stage"] == 1
    assert HandOff.objects.count() == 2


def test_old_systems_get_old_letters_and_are_told_which(staff_client, settings, tmp_path, cases):
    name = {"family": "髙𠮷", "given": "花👩", "family_kana": "タカ", "given_kana": "ハ"}
    case = cases[0]
    Application.objects.filter(case=case).update(answers=record_answers(applicant=name))
    answer = staff_client.post(BATCH, _all(cases, act="csv-old"))
    row = _rows(answer, "cp932")[0]
    assert row["申請した人"] == "高吉 花〓"
    assert row["字を直したところ"].split("、")[:2] == [
        "U+9AD9→高",
        "U+20BB7→吉",
    ]
    assert "U+1F469 は書けない字" in row["字を直したところ"]
    assert "Shift_JIS" in answer["Content-Type"]
    page = _text(staff_client.get(f"/staff/cases/{case.pk}/"))
    assert "髙𠮷 花👩" in page


def test_formulas_leave_as_words(cases, staff_client):
    name = {"family": "=1+1", "given": "花", "family_kana": "タ", "given_kana": "ハ"}
    Application.objects.update(answers=record_answers(applicant=name))
    assert _rows(staff_client.post(BATCH, _all(cases, act="csv")))[0]["申請した人"] == "'=1+1 花"


def test_the_figures_count_what_was_handled(cases, staff_client):
    decide(Application.objects.get(case=cases[0]))
    page = _text(staff_client.get("/staff/cases/figures"))
    assert "住民票の写しの請求" in page and cases[0].section.name in page
    rows = _rows(staff_client.get("/staff/cases/figures.csv"))
    assert rows[0]["件数"] == "2" and rows[0]["オンラインの割合"] == "100.0%"
    assert rows[0]["決まった件数"] == "1" and rows[0]["補正の割合"] == "0.0%"
    assert "まだありません" in _text(staff_client.get("/staff/cases/figures?year=2020"))
