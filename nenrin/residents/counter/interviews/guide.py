"""What answers lead to: procedures in order, by desk, with belongings and minutes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.evaluation.evaluate import evaluate
from nenrin.engines.forms.fields.contract import is_blank
from nenrin.engines.forms.language.types import Value

from .interview import Applies, Elsewhere, Interview


@dataclass(frozen=True)
class Step:
    """One procedure of the guide, as the form in force describes it."""

    number: int
    definition: Definition
    why: str

    @property
    def is_online(self) -> bool:
        """Whether it can be done to its end from home."""
        return self.definition.ending == "online"


@dataclass(frozen=True)
class Guide:
    """Everything that applies. ``missing`` are procedures this town has not published."""

    steps: tuple[Step, ...]
    elsewhere: tuple[Elsewhere, ...]
    missing: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """How long filling everything in takes, together."""
        return sum(step.definition.minutes for step in self.steps)

    @property
    def belongings(self) -> tuple[str, ...]:
        """What to bring, each thing once."""
        every = (thing.strip() for step in self.steps for thing in step.definition.belongings)
        return tuple(dict.fromkeys(every))

    @property
    def by_desk(self) -> list[tuple[str, list[Step]]]:
        """The steps under the section that handles them, in the order of going round."""
        desks: dict[str, list[Step]] = {}
        for step in self.steps:
            desks.setdefault(step.definition.owner or "役場", []).append(step)
        return list(desks.items())


def is_answered(interview: Interview, answers: Mapping[str, Any], today: date) -> bool:
    """Whether every question that is asked has its answer."""
    return not interview.questions or evaluate(interview.form, answers, today=today).is_complete


def guide_for(
    interview: Interview,
    answers: Mapping[str, Any],
    forms: Mapping[str, Definition],
    today: date,
) -> Guide:
    """The guide under these answers; ``forms`` are those in force, by slug."""
    values = _values(interview, answers, today)
    apply = [one for one in interview.procedures if interview.holds(one.when, values)]
    known = _by_desk([one for one in apply if one.slug in forms], forms)
    return Guide(
        tuple(Step(n, forms[one.slug], one.why) for n, one in enumerate(known, 1)),
        tuple(one for one in interview.elsewhere if interview.holds(one.when, values)),
        tuple(one.slug for one in apply if one.slug not in forms),
    )


def _by_desk(steps: list[Applies], forms: Mapping[str, Definition]) -> list[Applies]:
    """So that nobody goes to the same desk twice: desks as they first come up, steps in order."""
    desks = list(dict.fromkeys(forms[one.slug].owner for one in steps))
    return sorted(steps, key=lambda one: desks.index(forms[one.slug].owner))


def _values(interview: Interview, answers: Mapping[str, Any], today: date) -> dict[str, Value]:
    found: dict[str, Value] = {"today": today}
    if not interview.questions:
        return found
    visible = evaluate(interview.form, answers, today=today).visible
    for question in interview.questions:
        stored = answers.get(question.name)
        if question.name in visible and not is_blank(stored):
            found[question.name] = question.load(stored)
    return found
