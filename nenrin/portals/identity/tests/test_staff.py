"""Cards that do not match by themselves: shown beside their candidates, decided by a person."""

from datetime import date

import pytest
from django.utils import timezone

from nenrin.core.audit.models import AuditEntry
from nenrin.core.events.models import OutboxEvent
from nenrin.core.people.models import CardIdentity, Person


@pytest.fixture
def waiting(small_town):
    person = Person.objects.filter(is_head=True, household__isnull=False).order_by("number")[0]
    person.family_name, person.given_name = "高橋", "花子"
    person.birth_date = date(1950, 4, 1)
    person.save()
    says = {
        "name": "髙橋 花子",
        "birth_date": "1950-04-01",
        "address": "山形県新庄市沖の町10番37号",
    }
    now = timezone.now()
    card = CardIdentity.objects.create(
        issuer="https://c", subject="p", says=says, first_at=now, last_at=now
    )
    return card, person


def _text(answer):
    return answer.content.decode()


def test_the_page_shows_the_card_beside_its_candidates(staff_client, waiting):
    _, person = waiting
    page = _text(staff_client.get("/staff/cards/"))
    assert "沖の町" in page and str(person) in page and "ちがう" in page
    assert "カードの確認" in _text(staff_client.get("/staff/"))


def test_confirming_links_forgets_what_the_card_said_and_is_told(staff_client, waiting):
    card, person = waiting
    staff_client.post(f"/staff/cards/{card.pk}/confirm", {"person": person.pk})
    card.refresh_from_db()
    person.refresh_from_db()
    assert (card.state, card.person, card.says) == ("linked", person, {})
    assert "@" in card.settled_by and person.user is not None
    assert AuditEntry.objects.filter(action="people.link_card").exists()
    event = OutboxEvent.objects.get(name="CardSettled")
    assert event.payload == {"card": card.pk, "person": person.pk, "by_staff": True}
    again = staff_client.post(f"/staff/cards/{card.pk}/confirm", {"person": person.pk})
    assert again.status_code == 400 and "もう返事をしました" in _text(again)


def test_only_a_candidate_can_be_chosen(staff_client, waiting):
    card, person = waiting
    other = Person.objects.exclude(pk=person.pk).filter(household__isnull=False)[0]
    for wrong in (other.pk, "", "x", 10**30):
        answer = staff_client.post(f"/staff/cards/{card.pk}/confirm", {"person": wrong})
        assert answer.status_code == 400
    card.refresh_from_db()
    assert card.state == "waiting"


def test_declining_wants_a_reason_that_its_holder_reads(staff_client, waiting):
    card, _ = waiting
    refused = staff_client.post(f"/staff/cards/{card.pk}/decline", {"reason": " "})
    assert refused.status_code == 400 and "わけを書いて" in _text(refused)
    staff_client.post(f"/staff/cards/{card.pk}/decline", {"reason": "町外の方です"})
    card.refresh_from_db()
    assert (card.state, card.says, card.reason) == ("declined", {}, "町外の方です")
    assert "町外の方です" in _text(staff_client.get("/staff/cards/"))


def test_nothing_waits(staff_client, small_town):
    assert "待っているカードはありません" in _text(staff_client.get("/staff/cards/"))


def test_residents_do_not_see_it(client, waiting):
    assert client.get("/staff/cards/").status_code == 302
