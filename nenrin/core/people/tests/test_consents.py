import pytest

from nenrin.core.audit.models import AuditEntry
from nenrin.core.events.models import OutboxEvent
from nenrin.core.people.models import Consent, CorrectionRequest, Person, Relation
from nenrin.core.people.selectors import (
    consents_in_force,
    search_households,
    waiting_corrections,
    watched_by,
)
from nenrin.core.people.services.end_watching import end_watching
from nenrin.core.people.services.give_consent import give_consent
from nenrin.core.people.services.request_correction import CorrectionRefused, request_correction
from nenrin.core.people.services.settle_correction import settle_correction
from nenrin.core.people.services.withdraw_consent import withdraw_consent
from nenrin.core.people.tests.homes import make_home

SHARE = Consent.Purpose.SHARE_SAFETY


@pytest.fixture
def taro(town):
    return make_home()[0]


def _give(person):
    return give_consent(person=person, purpose=SHARE, given_by="本人", acting_user="tester")


def test_a_consent_is_given_once_and_taken_back_once(taro):
    assert _give(taro) == _give(taro)
    withdraw_consent(person=taro, purpose=SHARE, acting_user="tester")
    withdraw_consent(person=taro, purpose=SHARE, acting_user="tester")
    assert consents_in_force(taro) == {}
    assert OutboxEvent.objects.filter(name="ConsentWithdrawn").count() == 1
    assert AuditEntry.objects.filter(action__contains="consent").count() == 2
    assert _give(taro).withdrawn_at is None


def test_family_sees_only_while_the_watched_agrees(taro):
    child = Person.objects.create(number="F1", family_name="髙橋", given_name="一郎")
    tie = Relation.objects.create(kind=Relation.Kind.WATCHES_OVER, giver=child, receiver=taro)
    assert [one.is_shared for one in watched_by(child)] == [False]
    _give(taro)
    assert [one.is_shared for one in watched_by(child)] == [True]
    end_watching(relation=tie, acting_user="tester")
    assert watched_by(child) == []


def test_a_correction_waits_and_is_answered_once(taro):
    asked = request_correction(person=taro, words="番地がちがいます", acting_user="user:1")
    assert list(waiting_corrections()) == [asked]
    settle_correction(request=asked, outcome="done", answer="", acting_user="tester")
    assert not waiting_corrections()
    with pytest.raises(CorrectionRefused, match="もう返事"):
        settle_correction(request=asked, outcome="done", answer="", acting_user="tester")
    assert "番地" not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    ("words", "reason"),
    [(" ", "書いて"), ("あ" * 401, "401"), ("番号は123456789018です", "マイナンバー")],
)
def test_words_that_cannot_be_kept_are_told(taro, words, reason):
    with pytest.raises(CorrectionRefused, match=reason):
        request_correction(person=taro, words=words, acting_user="user:1")
    assert not CorrectionRequest.objects.exists()


def test_a_refusal_needs_its_reason(taro):
    asked = request_correction(person=taro, words="名前", acting_user="user:1")
    with pytest.raises(CorrectionRefused, match="わけ"):
        settle_correction(request=asked, outcome="declined", answer=" ", acting_user="tester")


@pytest.mark.parametrize(
    "words", ["髙橋", "髙橋 花", "髙橋花", "たかはし", "タカハシハナ", "ﾀｶﾊｼ", "H1", "金山1番地"]
)
def test_a_household_is_found_by_what_people_say(taro, words):
    make_home("H2", "13")
    found = search_households(words)
    assert taro.household in found
    assert [person.given_name for person in found[0].living] == ["太郎", "花"]


def test_search_narrows_by_district_and_every_word(taro):
    other = make_home("H2", "13")[0]
    assert list(search_households("タカハシ", other.household.district_id)) == [other.household]
    assert list(search_households("髙橋 だれか")) == []
    assert list(search_households("  ")) == []
