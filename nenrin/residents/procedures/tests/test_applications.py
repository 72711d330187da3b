from uuid import uuid4

import pytest

from nenrin.core.audit.models import AuditEntry
from nenrin.core.messaging.models import Audience, Delivery, Endpoint, Message
from nenrin.core.people.models import Household, Person
from nenrin.engines.casework.models import Case, CaseState
from nenrin.residents.procedures.locking import ApplicationRefused
from nenrin.residents.procedures.models import (
    Application,
    ApplicationNotice,
    ApplicationRevision,
    Identity,
    Mouth,
)
from nenrin.residents.procedures.selectors import application_with_code
from nenrin.residents.procedures.services.ask_to_mend import ask_to_mend
from nenrin.residents.procedures.services.drafts.save_answers import save_answers
from nenrin.residents.procedures.services.drafts.start_application import StartRefused
from nenrin.residents.procedures.services.submit_application import submit_application
from nenrin.residents.procedures.services.withdraw_application import withdraw_application
from nenrin.residents.procedures.services.write_words import write_to_applicant, write_to_desk

from .factories import begin, fill, record_answers, resident, sent


@pytest.fixture
def person(small_town):
    return resident()


@pytest.fixture
def draft(person):
    application, _ = begin(person=person)
    fill(application, record_answers())
    return application


def _submit(application, submission=None):
    return submit_application(
        application=application, submission=submission or uuid4(), acting_user="t"
    )


def test_sending_gives_a_number_a_deadline_and_the_fee_at_once(draft):
    case = _submit(draft)
    draft.refresh_from_db()
    assert case.number.endswith("-00001") and case.deadline
    assert draft.fee["amount"] == 684 and draft.fee["is_example"]
    labels = list(case.checks.values_list("label", flat=True))
    assert any("本人の確認" in label for label in labels)
    assert any("684円" in label for label in labels)


def test_a_second_tap_finds_the_first_ones_case(draft):
    tap = uuid4()
    assert _submit(draft, tap) == _submit(draft, tap) == _submit(draft)
    assert Case.objects.count() == ApplicationRevision.objects.count() == 1
    assert ApplicationNotice.objects.filter(turn="received").count() == 1


def test_what_breaks_on_the_way_leaves_nothing_behind(draft, monkeypatch):
    def broken(**_):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr("nenrin.residents.procedures.services.submit_application.tell", broken)
        with pytest.raises(RuntimeError):
            _submit(draft)
    assert not Case.objects.exists() and not ApplicationRevision.objects.exists()
    assert _submit(draft).number.endswith("-00001")


@pytest.mark.parametrize("changed", [{"copies": None}, {"kind": None}, {"copies": 7}])
def test_what_is_missing_or_not_allowed_is_not_sent(person, changed):
    application, _ = begin(person=person)
    answers = {k: v for k, v in record_answers(**changed).items() if v is not None}
    fill(application, answers)
    with pytest.raises(ApplicationRefused):
        _submit(application)
    assert not Case.objects.exists()


def test_two_tabs_lose_nothing(draft):
    seen = dict(draft.answers)
    save_answers(application=draft, before=seen, answers=seen | {"copies": 5})
    save_answers(application=draft, before=seen, answers=seen | {"purpose": "work"})
    draft.refresh_from_db()
    assert (draft.answers["copies"], draft.answers["purpose"]) == (5, "work")


def test_only_what_was_asked_is_mended_and_sent_again(draft):
    case = _submit(draft)
    with pytest.raises(ApplicationRefused):
        fill(draft, record_answers(copies=3))
    ask_to_mend(application=draft, fields=["copies", "nothing"], words="通数を", acting_user="desk")
    draft.refresh_from_db()
    assert draft.open_fields == ["copies"]
    fill(draft, record_answers(copies=3))
    again = uuid4()
    assert _submit(draft, again) == _submit(draft, again) == case
    case.refresh_from_db()
    assert case.state == CaseState.REVIEW
    assert case.events.get(kind="mended").details == {"changed": ["copies"]}
    assert [r.answers["copies"] for r in draft.revisions.all()] == [2, 3]


@pytest.mark.parametrize("fields", [[], ["nothing"]])
def test_asking_without_a_field_is_refused(draft, fields):
    _submit(draft)
    with pytest.raises(ApplicationRefused):
        ask_to_mend(application=draft, fields=fields, words="x", acting_user="desk")


def test_the_applicant_hears_through_the_river_and_nobody_else(draft, person):
    _submit(draft)
    notice = ApplicationNotice.objects.get()
    assert Audience.objects.get(message=notice.message).persons == [person.pk]
    rows = Delivery.objects.filter(message=notice.message)
    assert set(rows.values_list("endpoint__person", flat=True)) == {person.pk}


def test_who_has_only_the_familys_tablet_is_told_by_post(draft, person):
    Endpoint.objects.filter(household=person.household_id).update(person=None, kind="tablet")
    _submit(draft)
    assert ApplicationNotice.objects.get().message is None


def test_on_the_tablet_of_one_who_lives_alone_they_are_told(draft, person):
    Endpoint.objects.filter(household=person.household_id).update(person=None, kind="tablet")
    Person.objects.filter(household=person.household_id).exclude(pk=person.pk).update(
        left_on="2020-01-01"
    )
    _submit(draft)
    assert Delivery.objects.filter(message=ApplicationNotice.objects.get().message).exists()


def test_a_household_without_a_device_is_told_by_post(person):
    quiet = Household.objects.exclude(endpoints__isnull=False).first()
    living = Person.objects.filter(household=quiet).first()
    application, code = begin(person=living, user=None, mouth=Mouth.COUNTER, identity=Identity.DESK)
    fill(application, record_answers())
    _submit(application)
    assert code and ApplicationNotice.objects.get().message is None
    assert not Message.objects.filter(source="procedures").exists()


def test_nobody_known_cannot_begin_what_wants_a_sign_in(small_town):
    with pytest.raises(StartRefused):
        begin()
    application, _ = begin(mouth=Mouth.TELEPHONE)
    fill(application, record_answers())
    checks = _submit(application).checks
    assert checks.filter(key="identity").exists()


def test_a_code_opens_a_draft_and_with_the_number_what_was_sent(small_town):
    application, code = begin(mouth=Mouth.PAPER)
    assert application_with_code(code.lower(), "") == application
    assert application_with_code("ABCD-EFGH-JKMN", "") is None
    assert application_with_code("", "") is None
    fill(application, record_answers())
    number = _submit(application).number
    assert application_with_code(code, "") is None
    assert application_with_code(code, f" {number.lower()} ") == application


def test_a_draft_is_thrown_away_and_a_sent_one_withdrawn(person):
    draft, _ = begin(person=person)
    withdraw_application(application=draft, words="", acting_user="t")
    assert not Application.objects.exists()
    application = sent(person)
    withdraw_application(application=application, words="やめます", acting_user="t")
    assert Case.objects.get().state == CaseState.WITHDRAWN
    assert ApplicationNotice.objects.filter(turn="withdrawn").exists()


def test_words_go_both_ways(person):
    application = sent(person)
    write_to_desk(application=application, words="急いでいます", acting_user="user:1")
    write_to_applicant(application=application, words="あすできます", acting_user="desk")
    kinds = list(application.case.events.values_list("kind", flat=True))
    assert kinds[-2:] == ["from_applicant", "to_applicant"]
    assert ApplicationNotice.objects.filter(turn="words").count() == 1


def test_the_trail_tells_no_answer_and_no_words(person):
    application = sent(person)
    write_to_desk(application=application, words="急いでいます", acting_user="user:1")
    told = str(list(AuditEntry.objects.values()))
    assert "0233521111" not in told and "花子" not in told and "急いで" not in told
