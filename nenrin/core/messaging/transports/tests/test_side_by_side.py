"""What has not begun in time is given back."""

import time

from nenrin.core.messaging.transports.contract import Fate, Outcome, Parcel
from nenrin.core.messaging.transports.side_by_side import hand_over_side_by_side
from nenrin.core.messaging.transports.tests.parcels import make_parcel


def slow(parcel: Parcel) -> Outcome:
    time.sleep(0.1)
    return Outcome(parcel.delivery_id, Fate.SENT)


def test_parcels_that_were_not_begun_in_time_are_temporary() -> None:
    parcels = [make_parcel(number) for number in range(20)]
    outcomes = list(hand_over_side_by_side(parcels, slow, workers=2, patience=0.25))
    given_back = [outcome for outcome in outcomes if outcome.fate is Fate.TEMPORARY]
    assert len(outcomes) == 20
    assert 12 <= len(given_back) <= 18


def test_a_caller_that_stops_sends_no_more() -> None:
    handed: list[int] = []

    def remember(parcel: Parcel) -> Outcome:
        handed.append(parcel.delivery_id)
        return slow(parcel)

    outcomes = hand_over_side_by_side([make_parcel(n) for n in range(50)], remember, workers=2)
    next(iter(outcomes))
    outcomes.close()  # type: ignore[attr-defined]
    assert len(handed) < 10
