from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nenrin.core.audit.models import AuditEntry
from nenrin.core.messaging.models import HouseholdMark, HouseholdReach, Visit, VisitLink
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.services.visits.issue_visit_link import issue_visit_link
from nenrin.core.messaging.services.visits.start_visits import start_visits
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.tokens import visit_token
from nenrin.core.organization.models import StaffMember
from nenrin.portals.boards.visitor_views import MOST_MARKS


@pytest.fixture
def message(small_town):
    made = make_message()
    release_message(message=made, acting_user="tester")
    start_visits(message=made, acting_user="tester")
    return made


@pytest.fixture
def visit(message):
    return Visit.objects.filter(message=message).order_by("pk").first()


@pytest.fixture
def path(message, visit):
    link = issue_visit_link(message=message, visitor=visit.visitor, acting_user="tester")
    return f"/visit/{visit_token(link.town_id, link.pk)}"


def press(path, visit, result="safe", **more):
    form = {"household": visit.household.number, "result": result} | more
    return Client().post(path, form)


def test_a_visitor_sees_their_own_households_only(message, visit, path):
    page = Client().get(path)
    mine = Visit.objects.filter(message=message, visitor=visit.visitor)
    assert {row.visit.pk for row in page.context["todo"]} == {v.pk for v in mine}
    assert page["Referrer-Policy"] == "same-origin" and page["Cache-Control"] == "no-store"
    stranger = Visit.objects.filter(message=message).exclude(visitor=visit.visitor).first()
    assert press(path, stranger).status_code == 404
    assert not HouseholdMark.objects.exists()


def test_what_a_visitor_found_counts_and_is_in_the_trail(message, visit, path):
    assert press(path, visit, note="元気").status_code == 302
    assert HouseholdReach.objects.get(message=message, household=visit.household).reached
    entry = AuditEntry.objects.get(action="messaging.mark_household")
    assert entry.actor == str(visit.visitor)
    done = Client().get(path).context["done"]
    assert [row.visit for row in done] == [visit]


def test_a_visitor_takes_back_their_own_mark_with_a_reason(message, visit, path):
    press(path, visit)
    mark = HouseholdMark.objects.get()
    form = {"household": visit.household.number, "back": mark.pk}
    assert Client().post(path, form | {"reason": ""}).status_code == 400
    assert Client().post(path, form | {"reason": "となりだった"}).status_code == 302
    assert not HouseholdReach.objects.get(message=message, household=visit.household).reached


@pytest.mark.parametrize(
    "ended", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(days=1)}]
)
def test_an_ended_link_shows_and_takes_nothing(visit, path, ended):
    VisitLink.objects.update(**ended)
    for answer in (Client().get(path), press(path, visit)):
        assert answer.status_code == 410
        assert visit.household.address not in answer.content.decode()
    assert not HouseholdMark.objects.exists()


def test_a_made_up_link_opens_nothing(small_town):
    for token in ("063614-1-aaaaaaaaaaaaaaaa", "x", visit_token("062057", 1)):
        assert Client().get(f"/visit/{token}").status_code == 404


def test_too_many_marks_in_a_minute_are_stopped(message, visit, path):
    now = timezone.now()
    HouseholdMark.objects.bulk_create(
        HouseholdMark(
            message=message, household=visit.household, visitor=visit.visitor,
            way="visit", result="absent", made_by="x", made_at=now,
        )
        for _ in range(MOST_MARKS)
    )  # fmt: skip
    assert press(path, visit).status_code == 429


def test_staff_print_the_lists_with_links(message, staff_client):
    address = f"/staff/messages/{message.pk}/visits"
    assert "訪問リスト" in staff_client.get(address).content.decode()
    pdf = staff_client.post(f"{address}.pdf")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content[:5] == b"%PDF-"
    visitors = Visit.objects.filter(message=message).values("visitor").distinct().count()
    assert VisitLink.objects.count() == visitors


def test_staff_give_a_link_and_end_it(message, visit, staff_client):
    address, form = f"/staff/messages/{message.pk}/visits/link", {"visitor": visit.visitor_id}
    given = staff_client.post(address, form).context["address"]
    opened = given.partition("//")[2].partition("/")[2]
    assert Client().get(f"/{opened}").status_code == 200
    staff_client.post(address, form | {"end": "1"})
    assert Client().get(f"/{opened}").status_code == 410


def test_lists_leave_the_house_only_by_the_role_for_alerts(message, visit, staff_client):
    StaffMember.objects.update(roles=[])
    address = f"/staff/messages/{message.pk}/visits"
    assert staff_client.get(address).status_code == 200
    for path in (address, f"{address}.pdf", f"{address}/link"):
        assert staff_client.post(path, {"visitor": visit.visitor_id}).status_code == 403
    assert not VisitLink.objects.exists()
