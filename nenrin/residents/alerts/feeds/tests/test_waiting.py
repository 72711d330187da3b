from ..atom import Entry
from ..waiting import (
    MOST_TRIES,
    Wanted,
    after_failure,
    due_now,
    from_json,
    merge_page,
    settled,
    to_json,
)


def test_a_page_adds_what_is_new_and_keeps_what_failed():
    waiting = {"failed": Wanted("l", tries=2, due=50.0), "gone": settled(Wanted("l"))}
    merged = merge_page(waiting, [Entry("new", "l", 1.0), Entry("old", "l", 0.0)], {"old"})
    assert set(merged) == {"failed", "new"}
    assert merged["failed"].tries == 2


def test_oldest_first_and_what_failed_before_last():
    waiting = {
        "failed": Wanted("l", updated=1.0, tries=1),
        "late": Wanted("l", updated=9.0),
        "early": Wanted("l", updated=2.0),
        "pausing": Wanted("l", due=101.0),
        "settled": settled(Wanted("l")),
    }
    assert [feed_id for feed_id, _ in due_now(waiting, 100.0)] == ["early", "late", "failed"]


def test_pauses_grow_to_a_limit_and_trying_ends():
    wanted, pauses = Wanted("l"), []
    for _ in range(MOST_TRIES):
        assert not wanted.is_settled
        wanted = after_failure(wanted, 0.0)
        pauses.append(wanted.due)
    assert wanted.is_settled
    assert pauses[:3] == [15.0, 30.0, 60.0] and pauses[-1] == 600.0


def test_it_survives_being_kept():
    waiting = {"a": Wanted("l", 1.0, 2, 3.0, True)}
    assert from_json(to_json(waiting)) == waiting
