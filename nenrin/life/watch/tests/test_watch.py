from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from nenrin.core.areas.japan import JST
from nenrin.core.audit.models import AuditEntry
from nenrin.core.events.models import OutboxEvent
from nenrin.core.messaging.models import Endpoint
from nenrin.core.people.models import Household
from nenrin.life.watch.models import CheckIn, Concern
from nenrin.life.watch.services.check_in import check_in
from nenrin.life.watch.services.close_concern import ConcernRefused, close_concern, take_concern
from nenrin.life.watch.services.open_concern import SILENT_AFTER, look_after, open_concern
from nenrin.life.watch.services.plan_watch import PlanRefused, end_watch, plan_watch


@pytest.fixture
def household(small_town):
    # Every tablet is there, whatever hour of the day a test speaks of.
    tomorrow = timezone.now() + timedelta(days=1)
    Endpoint.objects.filter(kind="tablet").update(last_seen_at=tomorrow)
    return Household.objects.filter(left_on=None).first()


@pytest.fixture
def watched(household):
    plan_watch(household=household, until_hour=10, asked_by="家族", acting_user="tester")
    return household


def _at(hour):
    return timezone.localtime().replace(hour=hour, minute=5)


def test_a_missing_greeting_becomes_one_concern(watched):
    assert look_after(now=_at(9)) == 0
    assert [look_after(now=_at(10)), look_after(now=_at(11))] == [1, 0]
    concern = Concern.objects.get()
    assert (concern.kind, concern.household) == (Concern.Kind.MISSED, watched)
    assert OutboxEvent.objects.filter(name="ConcernOpened").count() == 1


def test_a_greeting_in_time_is_no_concern_and_counts_once(watched):
    assert [check_in(household=watched), check_in(household=watched)] == [True, False]
    assert look_after(now=_at(11)) == 0
    assert CheckIn.objects.count() == 1


def test_a_late_greeting_closes_the_concern(watched):
    look_after(now=_at(10))
    check_in(household=watched)
    assert Concern.objects.get().state == Concern.State.CLOSED


def test_what_was_looked_after_is_not_opened_again_the_same_day(watched):
    look_after(now=timezone.localtime().replace(hour=12))
    close_concern(concern_id=Concern.objects.get().pk, note="留守", acting_user="tester")
    assert look_after(now=timezone.localtime().replace(hour=13)) == 0


def test_nobody_is_missed_who_does_not_want_to_be(watched):
    end_watch(household=watched, acting_user="tester")
    assert look_after(now=_at(12)) == 0


def test_a_silent_tablet_is_told(household):
    tablet = Endpoint.objects.filter(kind="tablet", retired_at=None).first()
    tablet.last_seen_at = timezone.now() - SILENT_AFTER - timedelta(minutes=1)
    tablet.save()
    assert look_after(now=timezone.now()) == 1
    assert Concern.objects.get().kind == Concern.Kind.SILENT


def test_one_takes_a_concern_and_closes_it_with_what_was_found(household):
    open_concern(household=household, kind=Concern.Kind.CALL, acting_user="tablet")
    concern = Concern.objects.get()
    take_concern(concern_id=concern.pk, acting_user="a")
    with pytest.raises(ConcernRefused):
        take_concern(concern_id=concern.pk, acting_user="b")
    with pytest.raises(ConcernRefused):
        close_concern(concern_id=concern.pk, note=" ", acting_user="a")
    close_concern(concern_id=concern.pk, note="電話で話せた", acting_user="a")
    with pytest.raises(ConcernRefused):
        close_concern(concern_id=concern.pk, note="もう一度", acting_user="a")
    actions = AuditEntry.objects.filter(subject=f"concern:{concern.pk}")
    assert list(actions.values_list("action", flat=True)) == [
        "watch.open_concern",
        "watch.take_concern",
        "watch.close_concern",
    ]


@pytest.mark.parametrize("fields", [{"until_hour": 3}, {"asked_by": " "}])
def test_a_plan_that_cannot_be_is_refused(household, fields):
    given = {"until_hour": 10, "asked_by": "本人"}
    with pytest.raises(PlanRefused):
        plan_watch(household=household, acting_user="tester", **given | fields)


def test_the_hour_is_the_towns(watched):
    ten_in_japan = datetime(2026, 11, 27, 10, 1, tzinfo=JST)
    assert look_after(now=ten_in_japan.astimezone(ZoneInfo("UTC"))) == 1
