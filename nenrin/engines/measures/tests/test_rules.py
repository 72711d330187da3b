from nenrin.engines.measures.rules import share_reached


def test_a_share_stays_between_nothing_and_all():
    assert [share_reached(value, 100) for value in (-1, 0, 28, 100, 250)] == [0, 0, 0.28, 1, 1]
    assert share_reached(5, 0) == 0
