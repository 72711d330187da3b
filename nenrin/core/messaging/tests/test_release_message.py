from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from nenrin.core.areas.models import District
from nenrin.core.audit.models import AuditEntry
from nenrin.core.messaging.models import Delivery, Endpoint, HouseholdReach, Visit
from nenrin.core.messaging.services.climb_ladder import CLIMB, DELIVER, plan_rung
from nenrin.core.messaging.services.release_message import NotReleasable, release_message
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.people.models import Household

from .drafts import make_message


def test_every_household_is_in_the_audience_and_every_endpoint_is_planned_once(small_town):
    message = make_message()
    assert release_message(message=message, acting_user="tester") == 60
    planned = Delivery.objects.filter(message=message, channel__kind="webpush")
    reachable = Endpoint.objects.filter(
        kind="webpush", retired_at=None, consented_at__isnull=False, verified_at__isnull=False
    )
    assert planned.count() == reachable.count() > 0
    plan_rung(message=message, position=0)
    assert planned.count() == reachable.count()
    jobs = ProcrastinateJob.objects.filter(args__message=str(message.pk))
    assert {job.task_name for job in jobs} == {DELIVER, CLIMB}


def test_paper_goes_to_households_with_nothing_digital(small_town):
    message = make_message()
    release_message(message=message, acting_user="tester")
    on_paper = set(
        Delivery.objects.filter(message=message, channel__kind="paper").values_list(
            "household_id", flat=True
        )
    )
    digital = set(
        Endpoint.objects.filter(retired_at=None, consented_at__isnull=False)
        .exclude(kind__in=["sms", "voice"])
        .values_list("household_id", flat=True)
    )
    every = set(Household.objects.values_list("id", flat=True))
    assert on_paper == every - digital != set()


def test_a_released_message_is_not_released_again(small_town):
    message = make_message()
    release_message(message=message, acting_user="tester")
    with pytest.raises(NotReleasable, match="すでに出ています"):
        release_message(message=message, acting_user="tester")


def test_a_message_of_the_past_or_for_nobody_is_refused(small_town):
    past = make_message(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotReleasable, match="有効期限"):
        release_message(message=past, acting_user="tester")
    nobody = make_message(districts=[0])
    with pytest.raises(NotReleasable, match="世帯がありません"):
        release_message(message=nobody, acting_user="tester")
    nobody.refresh_from_db()
    assert nobody.released_at is None


def test_only_the_chosen_district_is_told(small_town):
    district = District.objects.first()
    message = make_message(districts=[district.pk])
    release_message(message=message, acting_user="tester")
    reach = HouseholdReach.objects.filter(message=message)
    assert set(reach.values_list("district_id", flat=True)) == {district.pk}
    assert reach.count() == Household.objects.filter(district=district).count()


def test_a_newer_message_stops_what_was_not_yet_sent(small_town):
    old = make_message()
    release_message(message=old, acting_user="tester")
    release_message(message=make_message(supersedes=old), acting_user="tester")
    states = set(Delivery.objects.filter(message=old).values_list("state", flat=True))
    assert states == {DeliveryState.SUPERSEDED}
    plan_rung(message=old, position=3)
    assert not Visit.objects.filter(message=old).exists()


def test_the_next_rung_goes_only_to_households_not_reached(small_town):
    message = make_message()
    release_message(message=message, acting_user="tester")
    reached = Delivery.objects.filter(message=message, household__isnull=False)[:200]
    homes = {delivery.household_id for delivery in reached}
    Delivery.objects.filter(pk__in=[d.pk for d in reached]).update(state=DeliveryState.CONFIRMED)
    plan_rung(message=message, position=3)
    visited = set(Visit.objects.filter(message=message).values_list("household_id", flat=True))
    every = set(Household.objects.values_list("id", flat=True))
    assert visited == every - homes != set()
    assert all(visit.visitor for visit in Visit.objects.select_related("visitor"))


def test_a_release_is_in_the_audit_trail_without_its_words(small_town):
    message = make_message()
    release_message(message=message, acting_user="bosai@example.test")
    entry = AuditEntry.objects.get(action="messaging.release")
    assert entry.actor == "bosai@example.test"
    assert message.body not in str(entry.detail)
