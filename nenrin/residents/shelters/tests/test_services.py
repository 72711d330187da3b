import pytest

from nenrin.core.areas.models import Shelter
from nenrin.core.audit.models import AuditEntry
from nenrin.core.events.models import OutboxEvent
from nenrin.residents.shelters.models import Opening
from nenrin.residents.shelters.selectors import (
    as_open_shelter,
    closed_shelters,
    count_history,
    open_shelters,
)
from nenrin.residents.shelters.services.close_shelter import close_shelter
from nenrin.residents.shelters.services.count_people import CountRefused, count_people
from nenrin.residents.shelters.services.describe_shelter import describe_shelter
from nenrin.residents.shelters.services.open_shelter import OpeningRefused, open_shelter


@pytest.fixture
def gym(town):
    return Shelter.objects.get(name="金山小学校体育館")


@pytest.fixture
def opening(gym):
    return open_shelter(shelter=gym, is_drill=False, acting_user="tester")


def test_a_shelter_opens_fills_and_closes_with_a_fact_for_each(gym, opening):
    describe_shelter(shelter=gym, capacity=60, equipment=["pets"], acting_user="tester")
    count_people(opening=opening, total=51, acting_user="tester")
    (row,) = open_shelters()
    assert (row.people, row.room, row.equipment_words) == (51, 9, ["ペット"])
    assert row.room_words == "残りわずか"
    close_shelter(opening=opening, acting_user="tester")
    assert open_shelters() == [] and gym in closed_shelters()
    names = list(OutboxEvent.objects.order_by("pk").values_list("name", flat=True))
    assert names == ["ShelterOpened", "ShelterFilled", "ShelterClosed"]
    assert OutboxEvent.objects.get(name="ShelterFilled").payload["room"] == 9
    assert AuditEntry.objects.filter(action__startswith="shelters.").count() == 4


def test_a_shelter_is_open_once_but_a_drill_stands_apart(gym, opening):
    with pytest.raises(OpeningRefused, match="もう開いています"):
        open_shelter(shelter=gym, is_drill=False, acting_user="tester")
    open_shelter(shelter=gym, is_drill=True, acting_user="tester")
    assert [row.is_drill for row in open_shelters()] == [False]
    assert [row.is_drill for row in open_shelters(is_drill=True)] == [True]


def test_two_phones_both_count(opening):
    stale = Opening.objects.get(pk=opening.pk)
    count_people(opening=opening, change=5, acting_user="door")
    count_people(opening=stale, change=1, acting_user="gate")
    assert Opening.objects.get(pk=opening.pk).people == 6


def test_taking_away_stops_at_nobody(opening):
    count_people(opening=opening, change=-10, acting_user="tester")
    assert Opening.objects.get(pk=opening.pk).people == 0


@pytest.mark.parametrize("total", [-1, 5001])
def test_an_impossible_number_is_refused(opening, total):
    with pytest.raises(CountRefused, match="0から5000まで"):
        count_people(opening=opening, total=total, acting_user="tester")


def test_a_closed_shelter_is_not_counted_and_closing_twice_is_closing_once(opening):
    first = close_shelter(opening=opening, acting_user="tester")
    assert close_shelter(opening=opening, acting_user="other").closed_by == first.closed_by
    with pytest.raises(CountRefused, match="もう閉じています"):
        count_people(opening=opening, total=3, acting_user="tester")


def test_without_a_capacity_nobody_is_told_that_it_is_full(opening):
    count_people(opening=opening, total=400, acting_user="tester")
    opening.refresh_from_db()
    row = as_open_shelter(opening)
    assert row.room is None and not row.is_full


def test_the_nearest_open_shelter_comes_first(town):
    for name in ("金山小学校体育館", "旧有屋小学校体育館", "旧中田小学校体育館"):
        shelter = Shelter.objects.get(name=name)
        open_shelter(shelter=shelter, is_drill=False, acting_user="tester")
    found = open_shelters(near=(38.9044, 140.3772))
    assert found[0].shelter.name == "旧有屋小学校体育館"
    assert found[0].distance < 0.1 < found[1].distance < found[2].distance


def test_one_persons_presses_within_a_minute_show_as_their_last(opening):
    for _ in range(7):
        count_people(opening=opening, change=1, acting_user="door")
    count_people(opening=opening, total=20, acting_user="gate")
    shown = [(count.people, count.counted_by) for count in count_history(opening)]
    assert shown == [(20, "gate"), (7, "door")]
    assert opening.counts.count() == 8
