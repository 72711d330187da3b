"""A service that chokes waits alone; one device's own limit is no pause for the others."""

from nenrin.core.messaging.transports.webpush.lanes import CHOKED_AFTER, Lanes, Pauses

A, B = "https://a.example", "https://b.example"


def filled(pauses: Pauses, room: int = 100, each: int = 20) -> Lanes[str]:
    lanes: Lanes[str] = Lanes(pauses, room)
    for number in range(each):
        lanes.add(A, f"a{number}")
        lanes.add(B, f"b{number}")
    return lanes


def choke(lanes: Lanes[str], origin: str, times: int, wait: float = 30.0) -> None:
    for _ in range(times):
        lanes.landed(origin, overloaded=True, wait=wait)


def take_all(lanes: Lanes[str]) -> list[str]:
    found = []
    while taken := lanes.take():
        found.append(taken[1])
    return found


def test_services_take_turns() -> None:
    lanes = filled(Pauses())
    assert [lanes.take() for _ in range(4)] == [(A, "a0"), (B, "b0"), (A, "a1"), (B, "b1")]


def test_a_service_that_does_not_answer_fills_only_its_own_room() -> None:
    lanes = filled(Pauses(), room=3)
    assert take_all(lanes) == ["a0", "b0", "a1", "b1", "a2", "b2"]
    for _ in range(3):
        lanes.landed(B)
    assert take_all(lanes) == ["b3", "b4", "b5"]


def test_a_choking_service_is_held_back_and_the_other_goes_on() -> None:
    now = [1000.0]
    pauses = Pauses(clock=lambda: now[0])
    lanes = filled(pauses)
    for _ in range(2 * CHOKED_AFTER):
        lanes.take()
    choke(lanes, A, CHOKED_AFTER)
    assert list(lanes.held_back()) == [(f"a{n}", 30.0) for n in range(CHOKED_AFTER, 20)]
    assert take_all(lanes) == [f"b{n}" for n in range(CHOKED_AFTER, 20)]
    now[0] += 29
    assert len(list(filled(pauses).held_back())) == 20
    now[0] += 2
    assert list(filled(pauses).held_back()) == []


def test_a_few_overloaded_answers_among_good_ones_pause_nothing() -> None:
    pauses = Pauses()
    lanes = filled(pauses)
    for _ in range(40):
        lanes.take()
    choke(lanes, A, CHOKED_AFTER - 1)
    lanes.landed(A)
    choke(lanes, A, CHOKED_AFTER - 1)
    assert pauses.left(A) == 0.0
