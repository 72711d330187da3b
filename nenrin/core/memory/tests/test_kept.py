"""Kept while used: opened late, shared in turn, closed in time."""

import threading

import pytest

from nenrin.core.memory.kept import KeptWhileUsed

PATIENCE = 20


class Shelf:
    """Things that were opened, and those that were closed."""

    def __init__(self) -> None:
        self.opened: list[object] = []
        self.closed: list[object] = []
        self.is_closed = threading.Event()

    def open(self) -> object:
        self.opened.append(object())
        return self.opened[-1]

    def close(self, thing: object) -> None:
        self.closed.append(thing)
        self.is_closed.set()


@pytest.fixture
def shelf():
    return Shelf()


def test_it_is_opened_once_and_lent_again(shelf):
    kept = KeptWhileUsed(shelf.open, shelf.close, seconds=PATIENCE)
    assert shelf.opened == []
    with kept.use() as first:
        pass
    with kept.use() as second:
        assert second is first
    assert shelf.opened == [first]
    assert shelf.closed == []


def test_it_is_closed_when_nobody_uses_it_and_opened_anew(shelf):
    kept = KeptWhileUsed(shelf.open, shelf.close, seconds=0.01)
    with kept.use() as first:
        pass
    assert shelf.is_closed.wait(PATIENCE)
    assert shelf.closed == [first]
    with kept.use() as second:
        assert second is not first


def test_it_is_not_closed_in_a_borrowers_hands(shelf):
    kept = KeptWhileUsed(shelf.open, shelf.close, seconds=0.01)
    with kept.use():
        assert not shelf.is_closed.wait(0.1)


def test_after_an_error_the_next_borrower_gets_a_new_one(shelf):
    kept = KeptWhileUsed(shelf.open, shelf.close, seconds=PATIENCE)
    with pytest.raises(ValueError, match="broken"), kept.use() as first:
        raise ValueError("broken")
    assert shelf.closed == [first]
    with kept.use() as second:
        assert second is not first


def test_one_borrower_waits_for_the_other(shelf):
    kept = KeptWhileUsed(shelf.open, shelf.close, seconds=PATIENCE)
    taken = threading.Event()

    def take():
        with kept.use():
            taken.set()

    with kept.use():
        other = threading.Thread(target=take)
        other.start()
        assert not taken.wait(0.05)
    other.join(PATIENCE)
    assert taken.is_set()
