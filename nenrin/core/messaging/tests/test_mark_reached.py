import pytest

from nenrin.core.audit.models import AuditEntry
from nenrin.core.events.models import OutboxEvent
from nenrin.core.messaging.models import HouseholdMark, HouseholdReach, SafetyAnswer, Visit
from nenrin.core.messaging.services.climb_ladder import plan_visits
from nenrin.core.messaging.services.mark_reached import (
    Found,
    MarkRefused,
    mark_household,
    take_back_mark,
)
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.people.models import Household

Result = HouseholdMark.Result


@pytest.fixture
def message(small_town):
    made = make_message()
    release_message(message=made, acting_user="tester")
    return made


@pytest.fixture
def home(message):
    return Household.objects.order_by("number").first()


def mark(message, home, result, way="phone", note="", by="tester"):
    return mark_household(
        message=message, household=home, found=Found(way, result, note), acting_user=by
    )


def reach(message, home):
    return HouseholdReach.objects.get(message=message, household=home)


def test_whoever_was_met_is_reached_and_has_answered(message, home):
    mark(message, home, "safe", note="本人と話した")
    found = reach(message, home)
    assert found.reached and found.answered and not found.needs_help
    entry = AuditEntry.objects.get(action="messaging.mark_household")
    assert entry.detail["result"] == "safe" and "本人" not in str(entry.detail)


def test_help_found_at_the_door_is_announced(message, home):
    mark(message, home, "help", way="visit", note="車いす")
    assert reach(message, home).needs_help
    assert OutboxEvent.objects.get(name="HelpRequested").payload["household"] == home.pk


def test_nobody_at_home_is_kept_but_reaches_nobody(message, home):
    mark(message, home, "absent")
    assert not reach(message, home).reached
    assert HouseholdMark.objects.get().result == Result.ABSENT


def test_a_message_that_does_not_ask_gets_no_answer_from_a_mark(small_town, home):
    plain = make_message(asks_safety=False)
    release_message(message=plain, acting_user="tester")
    mark(plain, home, "safe")
    assert reach(plain, home).reached and not SafetyAnswer.objects.filter(message=plain).exists()


def test_a_mark_is_taken_back_by_a_new_one_with_its_reason(message, home):
    wrong = mark(message, home, "safe")
    back = take_back_mark(mark=wrong, reason="となりの家だった", acting_user="tester")
    found = reach(message, home)
    assert not (found.reached or found.answered or found.visiting)
    assert back.takes_back == wrong and HouseholdMark.objects.count() == 2
    assert AuditEntry.objects.filter(action="messaging.take_back_mark").exists()


def test_taking_back_leaves_an_older_mark_standing(message, home):
    mark(message, home, "safe", by="morning")
    take_back_mark(mark=mark(message, home, "absent", by="noon"), reason="誤り", acting_user="noon")
    assert reach(message, home).reached


def test_taking_back_during_visits_gives_the_household_to_a_visitor(message, home):
    wrong = mark(message, home, "safe")
    plan_visits(message)
    take_back_mark(mark=wrong, reason="誤り", acting_user="tester")
    visit = Visit.objects.get(message=message, household=home)
    assert visit.reached_at is None and visit.visitor.district_id == home.district_id


def test_a_mark_is_taken_back_once(message, home):
    wrong = mark(message, home, "safe")
    back = take_back_mark(mark=wrong, reason="誤り", acting_user="tester")
    for again in (wrong, back):
        with pytest.raises(MarkRefused, match="もう取り消されています"):
            take_back_mark(mark=again, reason="誤り", acting_user="tester")


def test_the_same_press_twice_is_one_mark(message, home):
    assert mark(message, home, "safe") == mark(message, home, "safe")
    assert HouseholdMark.objects.count() == 1
    mark(message, home, "help")
    assert HouseholdMark.objects.count() == 2


@pytest.mark.parametrize(
    ("way", "result", "note", "words"),
    [
        ("fax", "safe", "", "どうやって"),
        ("phone", "", "", "結果を選んで"),
        ("phone", "back", "", "結果を選んで"),
        ("other", "safe", "", "メモに書いて"),
        ("phone", "safe", "あ" * 401, "400文字まで"),
    ],
)
def test_a_mark_that_says_too_little_is_refused(message, home, way, result, note, words):
    with pytest.raises(MarkRefused, match=words):
        mark(message, home, result, way=way, note=note)
    assert not HouseholdMark.objects.exists()


def test_a_reason_is_needed_to_take_back(message, home):
    with pytest.raises(MarkRefused, match="理由"):
        take_back_mark(mark=mark(message, home, "safe"), reason=" ", acting_user="tester")


def test_a_household_that_was_not_meant_cannot_be_marked(small_town):
    homes = Household.objects.order_by("district", "number")
    first, last = homes.first(), homes.last()
    only = make_message(districts=[first.district_id])
    release_message(message=only, acting_user="tester")
    with pytest.raises(MarkRefused, match="送り先ではない"):
        mark(only, last, "safe")
