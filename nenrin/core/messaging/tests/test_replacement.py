from nenrin.core.areas.models import District
from nenrin.core.messaging.models import Delivery, HouseholdReach, Visit
from nenrin.core.messaging.replacement import newer_for
from nenrin.core.messaging.selectors.forecast import forecast_reach
from nenrin.core.messaging.selectors.reach import current_messages
from nenrin.core.messaging.services.climb_ladder import plan_rung
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.people.models import Household

from .drafts import make_message


def _two_districts():
    first, second = District.objects.filter(households__left_on=None).distinct()[:2]
    order = make_message(districts=[first.pk, second.pk])
    release_message(message=order, acting_user="tester")
    return first, second, order


def test_a_lift_for_one_district_leaves_the_order_of_the_other(small_town):
    first, second, order = _two_districts()
    lift = make_message(districts=[first.pk], supersedes=order)
    release_message(message=lift, acting_user="tester")
    waiting = Delivery.objects.filter(message=order, state=DeliveryState.PLANNED)
    homes = waiting.filter(household__isnull=False)
    assert set(homes.values_list("household__district", flat=True)) == {second.pk}
    plan_rung(message=order, position=3)
    visited = Visit.objects.filter(message=order).values_list("household__district", flat=True)
    assert set(visited) == {second.pk}
    assert {order.pk, lift.pk} <= {message.pk for message in current_messages()}


def test_a_household_sees_the_newest_word_that_was_meant_for_it(small_town):
    first, second, order = _two_districts()
    lift = make_message(districts=[first.pk], supersedes=order)
    release_message(message=lift, acting_user="tester")
    lifted = Household.objects.filter(district=first, left_on=None).first()
    standing = Household.objects.filter(district=second, left_on=None).first()
    assert newer_for(order, lifted.pk) == lift
    assert newer_for(order, standing.pk) is None
    assert newer_for(lift, lifted.pk) is None


def test_a_chain_that_has_told_everyone_newer_things_ends_the_first(small_town):
    first, second, order = _two_districts()
    part = make_message(districts=[first.pk], supersedes=order)
    release_message(message=part, acting_user="tester")
    last = make_message(districts=[second.pk], supersedes=part)
    release_message(message=last, acting_user="tester")
    current = {message.pk for message in current_messages()}
    assert order.pk not in current and {part.pk, last.pk} <= current
    assert not Delivery.objects.filter(message=order, state=DeliveryState.PLANNED).exists()
    plan_rung(message=order, position=3)
    assert not Visit.objects.filter(message=order).exists()


def test_the_forecast_counts_what_the_release_then_plans(small_town):
    district = District.objects.filter(households__left_on=None).first()
    forecast = forecast_reach(severity=4, districts=[district.pk])
    message = make_message(districts=[district.pk])
    assert release_message(message=message, acting_user="tester") == forecast.households > 0
    for kind in forecast.rungs[0].kinds:
        planned = Delivery.objects.filter(message=message, channel__kind=kind.kind)
        assert planned.count() == kind.endpoints, kind.kind
    reach = HouseholdReach.objects.filter(message=message)
    assert forecast.persons >= reach.count()
    everyone = forecast_reach(severity=4)
    assert everyone.households == Household.objects.filter(left_on=None).count()
    assert [rung.wait_seconds for rung in everyone.rungs] == [0, 120, 300, 900]
