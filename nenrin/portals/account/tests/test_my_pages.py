import json

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from nenrin.core.accounts.models import User
from nenrin.core.audit.models import AuditEntry
from nenrin.core.messaging.models import Delivery, Endpoint, SafetyAnswer
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.services.set_up_river import set_up_river
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.people.models import Consent, CorrectionRequest, Invitation, Person, Relation
from nenrin.core.people.services.give_consent import give_consent
from nenrin.core.people.tests.homes import make_home
from nenrin.portals.account.selectors import family_answers, masked
from nenrin.portals.account.tests.clients import client_of, resident_client

CHANNELS = {
    "email": {"host": "127.0.0.1", "port": 1, "from_address": "town@example.invalid"},
    "tablet": {},
}


@pytest.fixture
def couple(town):
    set_up_river(options=CHANNELS)
    return make_home()


@pytest.fixture
def taro(couple):
    return couple[0]


@pytest.fixture
def client(taro):
    return resident_client(taro)


def _endpoint(person, kind="email", address="taro@example.invalid", **fields):
    now = timezone.now()
    return Endpoint.objects.create(
        household=person.household, person=person, kind=kind, address=address,
        verified_at=now, consented_at=now, **fields,
    )  # fmt: skip


@pytest.mark.parametrize("page", ["/my/", "/my/devices/", "/my/family/", "/my/data/"])
def test_every_page_opens_for_its_owner_alone(client, page):
    answer = client.get(page)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert Client().get(page).status_code == 302
    stranger = client_of(User.objects.create_user("x@example.invalid", name="だれか"))
    assert stranger.get(page).status_code == 403


def test_my_devices_are_mine_and_the_households(client, couple):
    taro, hana = couple
    _endpoint(taro)
    _endpoint(hana, address="secret-hana@example.invalid")
    tablet = _endpoint(taro, kind="tablet", address="t")
    Endpoint.objects.filter(pk=tablet.pk).update(person=None)
    page = client.get("/my/devices/").content.decode()
    assert "ta…@example.invalid" in page and "家のもの" in page and "se…@" not in page


def test_a_device_is_given_up_by_its_owner_only(client, couple):
    taro, hana = couple
    mine, hers = _endpoint(taro), _endpoint(hana, address="hana@example.invalid")
    assert client.post(f"/my/devices/{hers.pk}/retire").status_code == 404
    client.post(f"/my/devices/{mine.pk}/retire")
    assert list(Endpoint.objects.filter(retired_at=None)) == [hers]


def test_one_device_is_tested(client, taro):
    mine = _endpoint(taro)
    first = client.post(f"/my/devices/{mine.pk}/test", follow=True).content.decode()
    second = client.post(f"/my/devices/{mine.pk}/test", follow=True).content.decode()
    assert "送りました" in first and "1分待って" in second
    assert Delivery.objects.get().endpoint == mine


def test_the_mailbox_of_the_sign_in_receives_messages_too(client, taro):
    client.post("/my/devices/mail")
    client.post("/my/devices/mail")
    added = Endpoint.objects.get()
    assert (added.person, added.address, bool(added.consented_at)) == (taro, taro.user.email, True)


def test_another_device_is_signed_out(client, taro):
    other = client_of(taro.user)
    other.get("/my/")
    session = taro.user.usersession_set.get(session_key=other.session.session_key)
    client.post(f"/my/sessions/{session.pk}/end")
    assert other.get("/my/").status_code == 302 and client.get("/my/").status_code == 200


def test_nobody_ends_a_strangers_session(client, couple):
    hers = resident_client(couple[1], "hana@example.invalid")
    session = couple[1].user.usersession_set.get()
    assert client.post(f"/my/sessions/{session.pk}/end").status_code == 404
    assert hers.get("/my/").status_code == 200


def test_family_is_invited_by_mail_and_that_is_a_consent(client, taro):
    invited = {"email": "ichiro@example.invalid", "agrees": "on"}
    client.post("/my/family/invite", invited)
    assert Consent.objects.get(person=taro).purpose == Consent.Purpose.SHARE_SAFETY
    link = mail.outbox[0].body.partition("//")[2].partition("/")[2].split()[0]
    child = Client()
    assert "ご家族を見守る" in child.get(f"/{link}").content.decode()
    joined = child.post(f"/{link}", {"family_name": "髙橋", "given_name": "一郎"})
    assert joined.headers["Location"] == "/my/family/"
    assert "髙橋 太郎" in child.get("/my/").content.decode()
    assert "髙橋 一郎" in client.get("/my/family/").content.decode()


def test_without_consent_nobody_is_invited_and_the_address_stays(client):
    answer = client.post("/my/family/invite", {"email": "ichiro@example.invalid"})
    page = answer.content.decode()
    assert answer.status_code == 400 and "ichiro@example.invalid" in page and "印を" in page
    assert not Invitation.objects.exists() and mail.outbox == []


@pytest.fixture
def tie(taro):
    child = Person.objects.create(number="F1", family_name="髙橋", given_name="一郎")
    return Relation.objects.create(kind="watches_over", giver=child, receiver=taro)


def _ask(**fields):
    message = make_message(asks_safety=True, **fields)
    release_message(message=message, acting_user="tester")
    return message


def test_family_sees_whether_parents_have_answered_if_they_agreed(taro, tie):
    message = _ask()
    assert not family_answers(tie.giver)[0].is_shared
    give_consent(person=taro, purpose="share_safety", given_by="本人", acting_user="t")
    waiting = family_answers(tie.giver)[0]
    assert (waiting.message, waiting.answer) == (message, None)
    SafetyAnswer.objects.create(
        message=message,
        household=taro.household,
        answer="safe",
        words="二階",
        answered_at=timezone.now(),
    )
    assert family_answers(tie.giver)[0].answer.answer == "safe"
    page = resident_client(tie.giver, "ichiro@example.invalid").get("/my/").content.decode()
    assert "無事です" in page and "二階" not in page


def test_an_answer_of_another_of_the_household_is_not_taken_for_theirs(couple, tie):
    taro, hana = couple
    message = _ask()
    give_consent(person=taro, purpose="share_safety", given_by="本人", acting_user="t")
    SafetyAnswer.objects.create(
        message=message,
        household=taro.household,
        person=hana,
        answer="safe",
        answered_at=timezone.now(),
    )
    assert family_answers(tie.giver)[0].answer is None


def test_a_watch_ends_from_either_side(client, tie):
    watcher = resident_client(tie.giver, "ichiro@example.invalid")
    stranger = resident_client(make_home("H9")[0], "z@example.invalid")
    assert stranger.post(f"/my/family/{tie.pk}/end").status_code == 404
    watcher.post(f"/my/family/{tie.pk}/end")
    assert not Relation.objects.exists()


def test_a_correction_is_asked_for_and_too_long_a_one_keeps_its_words(client, taro):
    client.post("/my/data/correction", {"words": "番地がちがいます"})
    assert CorrectionRequest.objects.get().person == taro
    long = "あ" * 401
    answer = client.post("/my/data/correction", {"words": long})
    assert answer.status_code == 400 and long in answer.content.decode()


def test_consents_are_changed_on_the_page(client, taro):
    client.post("/my/consents/messages", {"agrees": "1"})
    assert Consent.objects.get(withdrawn_at=None).given_by == "本人"
    client.post("/my/consents/messages", {"agrees": "0"})
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    assert client.post("/my/consents/other", {"agrees": "1"}).status_code == 404


def test_my_data_is_taken_away_as_json_and_that_is_written_down(client, taro):
    _endpoint(taro)
    answer = client.post("/my/data/download")
    data = json.loads(answer.content)
    assert data["本人"]["氏名"] == "髙橋 太郎" and data["端末"][0]["宛先"] == "taro@example.invalid"
    assert "attachment" in answer.headers["Content-Disposition"]
    entry = AuditEntry.objects.get(action="people.download")
    assert entry.subject == f"person:{taro.pk}" and entry.detail == {}


def test_addresses_are_shown_in_part():
    assert masked("taro@example.invalid") == "ta…@example.invalid"
    assert masked("09012345678") == "…5678"


def test_an_address_that_is_not_proven_receives_nothing(client, taro):
    taro.user.emailaddress_set.update(verified=False)
    assert "確かめられて" in client.post("/my/devices/mail", follow=True).content.decode()
    assert not Endpoint.objects.exists()


def test_a_device_keeps_quiet_hours_and_topics(client, taro):
    mine = _endpoint(taro)
    page = f"/my/devices/{mine.pk}/preferences"
    assert "いつでも届きます" in client.get(page).content.decode()
    chosen = {"topics": ["snow"], "is_quiet": "on", "quiet_from": "21", "quiet_until": "7"}
    refused = client.post(page, chosen | {"quiet_until": "21"})
    assert refused.status_code == 400 and "別の時刻" in refused.content.decode()
    assert client.post(page, chosen).status_code == 302
    mine.refresh_from_db()
    assert (mine.quiet_from, mine.quiet_until) == (21, 7)
    assert "snow" not in mine.muted_topics and "child" in mine.muted_topics
    client.post(page, chosen | {"is_quiet": ""})
    mine.refresh_from_db()
    assert mine.quiet_from is None


def test_a_device_of_nobody_is_not_there(client):
    assert client.get("/my/devices/999999/preferences").status_code == 404
