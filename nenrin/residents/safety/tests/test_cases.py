import pytest

from nenrin.core.events.bus import handle, listeners
from nenrin.core.events.models import OutboxEvent
from nenrin.core.messaging.models import Delivery, SafetyAnswer
from nenrin.core.messaging.services.record_answer import record_answer
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.people.models import Household
from nenrin.residents.safety.models import CaseState
from nenrin.residents.safety.selectors import cases_of, new_cases, safety_counts
from nenrin.residents.safety.services.move_case import MoveRefused, move_case
from nenrin.residents.safety.services.open_case import open_case


@pytest.fixture
def message(small_town):
    made = make_message()
    release_message(message=made, acting_user="tester")
    return made


@pytest.fixture
def case(message):
    home = Household.objects.order_by("number").first()
    return open_case(message=message, household=home)


def move(case, state, **fields):
    return move_case(case=case, state=state, acting_user="tester", **fields)


def test_an_answer_that_asks_for_help_opens_a_case(message):
    delivery = Delivery.objects.filter(message=message, household__isnull=False).first()
    record_answer(delivery=delivery, answer="help", words="車いすが要ります")
    event = OutboxEvent.objects.get(name="HelpRequested")
    key = "nenrin.wiring.help_requested_opens_case.open_case_for_household"
    assert key in listeners
    handle(event.pk, key)
    handle(event.pk, key)
    (view,) = cases_of(message.pk)
    assert view.household == delivery.household and view.newest_words == "車いすが要ります"
    assert view.persons and new_cases() == 1


def test_asking_again_wakes_the_open_case(case):
    again = open_case(message=case.message, household=case.household)
    assert again == case and again.steps.count() == 2
    events = OutboxEvent.objects.filter(name="HelpCaseOpened").order_by("pk")
    assert [event.payload["again"] for event in events] == [False, True]


def test_someone_goes_and_it_is_done(case):
    move(case, "going", responder="消防団 1部")
    move(case, "done", note="避難所へ送った")
    case.refresh_from_db()
    assert (case.state, case.responder) == (CaseState.DONE, "消防団 1部")
    assert [step.state for step in case.steps.all()] == ["new", "going", "done"]
    assert OutboxEvent.objects.filter(name="HelpCaseClosed").count() == 1
    assert open_case(message=case.message, household=case.household) != case


def test_who_cannot_go_gives_it_back(case):
    move(case, "going", responder="消防団 1部")
    move(case, "new", note="道がふさがっている")
    case.refresh_from_db()
    assert (case.state, case.responder) == (CaseState.NEW, "")


@pytest.mark.parametrize(
    ("state", "fields", "words"),
    [
        ("going", {}, "だれが向かうか"),
        ("done", {"responder": "消防団"}, "どうなったか"),
        ("new", {}, "メモを書いて"),
        ("lost", {}, "ボタンで選んで"),
        ("new", {"note": "あ" * 401}, "400文字"),
    ],
)
def test_a_move_that_says_too_little_is_refused(case, state, fields, words):
    with pytest.raises(MoveRefused, match=words):
        move(case, state, **fields)
    assert case.steps.count() == 1


def test_a_finished_case_moves_no_more(case):
    move(case, "done", note="無事だった")
    with pytest.raises(MoveRefused, match="もう済んで"):
        move(case, "going", responder="消防団")


def test_who_answered_safe_later_waits_below_the_others(message, case):
    other = open_case(message=message, household=Household.objects.order_by("number")[1])
    SafetyAnswer.objects.create(
        message=message, household=case.household, answer="safe", answered_at=case.opened_at
    )
    assert [view.case for view in cases_of(message.pk)] == [other, case]
    assert cases_of(message.pk)[1].later_safe


def test_every_household_is_safe_in_need_or_silent(message):
    homes = list(Household.objects.order_by("number")[:3])
    for home, answer in zip(homes, ("safe", "safe", "help"), strict=True):
        SafetyAnswer.objects.create(
            message=message, household=home, answer=answer, answered_at=message.created_at
        )
    counts = safety_counts(message.pk)
    assert (counts.safe, counts.needs_help) == (2, 1)
    assert counts.silent == counts.households - 3
