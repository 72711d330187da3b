"""How a town's state changes, and what its rules say: pure functions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .readings.place import Reading, Statement


@dataclass(frozen=True, slots=True)
class Known:
    """A hazard as it stands before a telegram; strength 0 is not in force."""

    hazard: str
    name: str
    strength: int


@dataclass(frozen=True, slots=True)
class Change:
    """One change that a telegram brings; ``kind`` is a value of AlertChange.Kind."""

    kind: str
    before: Known
    after: Statement


def fold(
    before: Mapping[str, Known], reading: Reading, *, corrects: bool, cancels: bool
) -> Iterator[Change]:
    """Changes from what one source said before to what it says now.

    ``before`` holds the source's hazards by name. A telegram replaces everything its source said:
    what it does not name any more is lifted, or cancelled when ``cancels``. Where a source only
    repeats itself more exactly (an earthquake), only a rise is a change.
    """
    named = {statement.hazard: statement for statement in reading.statements}
    for hazard, now in named.items():
        was = before.get(hazard, Known(hazard, "", 0))
        kind = _kind_of_change(was, now, corrects)
        if kind and not (reading.repeats_are_silent and kind == "lowered" and not corrects):
            yield Change(kind, was, now)
    for hazard, was in before.items():
        if was.strength and hazard not in named:
            ended = Statement(hazard, was.name, 0)
            yield Change("cancelled" if cancels else "lifted", was, ended)


def _kind_of_change(was: Known, now: Statement, corrects: bool) -> str:
    if was.strength == now.strength:
        return "corrected" if corrects and was.name != now.name else ""
    if corrects and was.strength:
        return "corrected"
    return "raised" if now.strength > was.strength else "lowered"


@dataclass(frozen=True, slots=True)
class Rule:
    """What to do from a strength upwards."""

    hazard: str
    min_strength: int
    action: str
    severity: int
    asks_safety: bool


IGNORE = Rule("", 0, "ignore", 0, False)


def rule_for(rules: Iterable[Rule], change: Change) -> Rule:
    """The town's rule for a change: the highest one not above the change's strength.

    An easing (lowered, lifted, corrected downwards, cancelled) follows the rule of what stood
    before, so that whoever was warned is told; it is news, not a warning, and asks nothing.
    """
    strength = max(change.after.strength, change.before.strength)
    fitting = [
        rule
        for rule in rules
        if rule.hazard == change.after.hazard and rule.min_strength <= strength
    ]
    rule = max(fitting, key=lambda one: one.min_strength, default=IGNORE)
    if change.kind == "raised" or rule.action == "ignore":
        return rule
    if change.after.strength > change.before.strength:
        return rule
    return Rule(rule.hazard, rule.min_strength, rule.action, min(rule.severity, 1), False)
