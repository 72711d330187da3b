import pytest

from nenrin.rehearsal.residents import BEHAVIOUR, Channel, Step, plan

MANY = 4000


def _plans(channel: Channel, *, asks_safety: bool = False) -> list[list[Step]]:
    return [plan(b"seed", f"d{n}", "m", channel, asks_safety) for n in range(MANY)]


def _share(plans: list[list[Step]], kind: str) -> float:
    return sum(any(step.kind == kind for step in steps) for steps in plans) / MANY


@pytest.mark.parametrize(
    ("channel", "delivered", "opened", "confirmed"),
    [
        ("push", 0.92, 0.75, 0.60),
        ("tablet", 0.97, 0.85, 0.80),
        ("line", 0.0, 0.70, 0.55),
        ("mail", 0.0, 0.45, 0.30),
        ("sms", 0.0, 0.70, 0.50),
        ("voice", 0.0, 0.0, 0.65),
    ],
)
def test_shares_are_those_of_the_channel(
    channel: Channel, delivered: float, opened: float, confirmed: float
) -> None:
    plans = _plans(channel)
    assert _share(plans, "delivered") == pytest.approx(delivered, abs=0.025)
    assert _share(plans, "opened") == pytest.approx(opened, abs=0.025)
    assert _share(plans, "confirmed") == pytest.approx(confirmed, abs=0.025)


@pytest.mark.parametrize("channel", sorted(BEHAVIOUR))
def test_steps_come_in_order(channel: Channel) -> None:
    for steps in _plans(channel):
        assert [step.after_s for step in steps] == sorted(step.after_s for step in steps)
        assert len({step.kind for step in steps}) == len(steps)


def test_the_same_resident_does_the_same_again() -> None:
    assert _plans("push") == _plans("push")


def test_another_message_finds_another_mood() -> None:
    plans = [plan(b"seed", "d1", f"m{n}", "push", False) for n in range(50)]
    assert len({tuple(steps) for steps in plans}) > 30


def test_safety_is_answered_only_when_asked() -> None:
    unasked = {step.answer for steps in _plans("tablet") for step in steps}
    assert unasked == {None}
    asked = [steps[-1].answer for steps in _plans("tablet", asks_safety=True) if len(steps) == 3]
    assert set(asked) == {"safe", "help"}
    assert 0.01 < asked.count("help") / len(asked) < 0.06


def test_some_stay_silent() -> None:
    assert [] in _plans("tablet")
    assert [] in _plans("voice")
