import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from nenrin.core.audit.models import AuditEntry
from nenrin.core.organization.fiscal_years import fiscal_year
from nenrin.core.organization.models import Section, StaffMember
from nenrin.engines.casework.models import Case, CaseState
from nenrin.engines.measures.gauges import gauges
from nenrin.residents.procedures.models import Application
from nenrin.residents.procedures.tests.factories import (
    RECORD,
    begin,
    publish,
    record_answers,
    resident,
    sent,
)


@pytest.fixture
def application(staff_client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return sent(resident())


@pytest.fixture
def page(application):
    return f"/staff/cases/{application.case_id}/"


def _text(answer):
    return answer.content.decode()


def test_the_queue_and_the_desk_show_what_waits(application, staff_client):
    queue = _text(staff_client.get("/staff/cases/"))
    assert application.case.number in queue and "金山 花子" in queue and "町民税務課" in queue
    assert "担当が決まっていない" in _text(staff_client.get("/staff/"))
    closed = _text(staff_client.get("/staff/cases/?view=closed"))
    assert "いま、ここに案件はありません" in closed


def test_another_sections_staff_see_nothing(application):
    other = StaffMember.objects.filter(section__code="gikai", roles=[]).first()
    client = Client()
    client.force_login(other.user)
    _second_factor(other.user)
    assert application.case.number not in _text(client.get("/staff/cases/"))
    assert client.get(f"/staff/cases/{application.case_id}/").status_code == 404
    client.post("/staff/cases/batch", {"case": application.case_id, "act": "review"})
    application.case.refresh_from_db()
    assert application.case.state == CaseState.RECEIVED
    own = StaffMember.objects.filter(section=application.case.section, roles=[]).first()
    client.force_login(own.user)
    _second_factor(own.user)
    assert client.get(f"/staff/cases/{application.case_id}/").status_code == 200


def _second_factor(user):
    TOTP.activate(user, "A" * 32)


def test_looking_is_written_down(page, staff_client):
    staff_client.get(page)
    assert AuditEntry.objects.filter(action="casework.look").count() == 1


def test_the_way_through_the_desk(application, page, staff_client):
    staff_client.post(page, {"act": "review"})
    refused = staff_client.post(page, {"act": "ask", "words": "直して"})
    assert refused.status_code == 400 and "直して" in _text(refused)
    staff_client.post(page, {"act": "ask", "words": "通数を確かめて", "field": ["copies"]})
    application.case.refresh_from_db()
    assert application.case.state == CaseState.ASKED
    decide = {"act": "decide", "outcome": "approved", "words": "交付する", "grounds": "法12条"}
    assert "まだ確かめていない" in _text(staff_client.post(page, decide))
    for item in application.case.checks.all():
        staff_client.post(page, {"act": "check", "key": item.key, "done": "1"})
    assert staff_client.post(page, decide).status_code == 302
    assert "決定通知書" in _text(staff_client.get(page))
    assert staff_client.post(page, decide).status_code == 400


def test_words_to_the_applicant_and_notes(application, page, staff_client):
    staff_client.post(page, {"act": "write", "to": "applicant", "words": "あすできます"})
    staff_client.post(page, {"act": "write", "to": "note", "words": "電話ずみ"})
    kinds = list(application.case.events.values_list("kind", flat=True))
    assert kinds[-2:] == ["to_applicant", "note"]
    assert staff_client.post(page, {"act": "x"}).status_code == 400


def test_a_case_changes_hands(application, page, staff_client):
    section = Section.objects.get(code="kenko")
    member = StaffMember.objects.filter(section=section).first()
    staff_client.post(page, {"act": "assign", "section": section.pk, "member": member.pk})
    application.case.refresh_from_db()
    assert application.case.assignee == member
    batch = {"case": application.case_id, "act": "mine"}
    assert "1件を変えました" in _text(staff_client.post("/staff/cases/batch", batch, follow=True))
    nothing = staff_client.post("/staff/cases/batch", {"act": "mine"}, follow=True)
    assert "案件を選んで" in _text(nothing)


def test_a_clerk_types_for_somebody_at_the_counter(staff_client, small_town):
    publish()
    person = resident()
    address = f"/staff/cases/new?household={person.household_id}"
    begin(person=person)
    page = _text(staff_client.get(address))
    assert str(person) in page and "この世帯の書きかけ" not in page
    Application.objects.all().delete()
    chosen = {"slug": RECORD, "person": person.pk, "mouth": "counter", "is_known": "on"}
    assert staff_client.post(address, chosen | {"slug": ""}).status_code == 400
    first = staff_client.post(address, chosen, follow=True)
    assert person.family_name in _text(first) and "再開コードは" in _text(first)
    typed = Application.objects.get()
    assert (typed.mouth, typed.identity, typed.user) == ("counter", "desk", None)
    Application.objects.update(answers=record_answers())
    review = f"/staff/cases/typed/{typed.pk}/review"
    assert staff_client.post(review).status_code == 422
    done = staff_client.post(review, {"truth": "1"}, follow=True)
    assert "受付番号は" in _text(done) and Case.objects.get().person == person


def test_a_draft_typed_by_another_is_not_opened(staff_client, small_town):
    typed, _ = begin(mouth="telephone")
    assert staff_client.get(f"/staff/cases/typed/{typed.pk}/review").status_code == 404


def test_the_gauge_counts_what_goes_online_to_the_end(staff_client, small_town):
    gauge, year = gauges.get("online-procedures"), fiscal_year(timezone.localdate())
    assert gauge.read(year).value is None
    for slug in (RECORD, "dog-registration"):
        publish(slug)
    assert gauge.read(year).value == 1 and gauge.read(year - 1).value is None
    assert gauge.lines(year)[0].url.endswith(f"#{RECORD}")
    assert "町手数料" in _text(staff_client.get(f"/procedures/{RECORD}"))
    assert "家から最後まで" in _text(staff_client.get("/staff/procedures/"))
