"""A question as a template shows it: its boxes with what stands in them, and what is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..evaluation.result import Evaluation, as_json
from ..fields.contract import Choice, Outside, Question
from ..fields.identity.bank_account import TYPES
from ..fields.identity.date_ import ERAS
from ..fields.rich.group import GroupQuestion
from ..fields.text_rules import mask_my_numbers

# Kinds of a single box that a plain label can stand over.
SINGLE = frozenset(
    {"text", "number", "money", "telephone", "email", "corporate_number", "choice", "time_slot"}
)
KEYBOARDS = {
    "number": "numeric",
    "money": "numeric",
    "telephone": "tel",
    "email": "email",
    "corporate_number": "numeric",
}
ABOUT_THE_READER = "person."


@dataclass(frozen=True)
class Box:
    """One box to type into."""

    id: str
    name: str
    value: Any
    error: str
    autocomplete: str
    described_by: str


@dataclass(frozen=True)
class Shown:
    """One visible question. ``items`` are those of a group, each a list of questions."""

    question: Question
    path: str
    value: Any
    errors: Mapping[str, str]
    is_required: bool
    choices: Sequence[Choice] = ()
    computed: str = ""
    is_prefilled: bool = False
    items: tuple[tuple["Shown", ...], ...] = field(default=())

    @property
    def id(self) -> str:
        """Where a link from the summary goes."""
        return "f-" + self.path.replace(".", "-")

    @property
    def template(self) -> str:
        """The partial of the question's kind."""
        return f"forms/field_{self.question.kind}.html"

    @property
    def is_single(self) -> bool:
        """Whether one label over one box is enough."""
        return self.question.kind in SINGLE and not self.question.compute

    @property
    def error(self) -> str:
        """What is wrong with the question as a whole."""
        return self.errors.get("", "")

    @property
    def box(self) -> Box:
        """The only box."""
        return self._box("")

    @property
    def boxes(self) -> dict[str, Box]:
        """Each part's box."""
        return {part: self._box(part) for part in self.question.parts}

    @property
    def keyboard(self) -> str:
        """Which keyboard a telephone offers."""
        return KEYBOARDS.get(self.question.kind, "text")

    @property
    def eras(self) -> dict[str, str]:
        """Eras to choose from."""
        return ERAS

    @property
    def account_types(self) -> dict[str, str]:
        """Kinds of account to choose from."""
        return TYPES

    def _box(self, part: str) -> Box:
        tail = f"-{part}" if part else ""
        held = self.value.get(part, "") if part and isinstance(self.value, Mapping) else self.value
        error = self.errors.get(part, "")
        notes = [f"{self.id}-help"] if self.question.help else []
        notes += [f"{self.id}{tail}-error"] if error else []
        return Box(
            id=f"{self.id}{tail}",
            name=f"{self.path}.{part}" if part else self.path,
            value=mask_my_numbers(held) if isinstance(held, str) else held,
            error=error,
            autocomplete=self._autocomplete(part),
            described_by=" ".join(notes),
        )

    def _autocomplete(self, part: str) -> str:
        """Only boxes about the person who fills them in are named to the browser."""
        if not self.question.prefill.startswith(ABOUT_THE_READER):
            return ""
        known = self.question.autocomplete
        return known.get(part, "") if isinstance(known, dict) else known


@dataclass(frozen=True)
class PageState:
    """What a page is drawn from: typed boxes go before stored answers."""

    evaluation: Evaluation
    answers: Mapping[str, Any]
    typed: Mapping[str, Any]
    problems: Mapping[str, str]
    outside: Outside
    prefilled: frozenset[str] = frozenset()


def shown_questions(questions: Sequence[Question], state: PageState) -> Iterator[Shown]:
    """The visible ones of a section's questions."""
    for question in questions:
        name = question.name
        if name in state.evaluation.visible:
            boxes = _boxes(question, state.answers.get(name), state.typed, name)
            yield _shown(question, name, boxes, state)


def _boxes(question: Question, stored: Any, typed: Mapping[str, Any], name: str) -> Any:
    if name in typed:
        return typed[name]
    return None if stored is None else question.boxes(stored)


def _shown(question: Question, path: str, boxes: Any, state: PageState) -> Shown:
    items: tuple[tuple[Shown, ...], ...] = ()
    if isinstance(question, GroupQuestion):
        held = boxes or [{}] * question.least
        items = tuple(
            tuple(_item(question, path, position, one, state)) for position, one in enumerate(held)
        )
    computed = ""
    if question.compute:
        value = state.evaluation.computed.get(path)
        computed = "（まだ計算できません）" if value is None else question.display(as_json(value))
    return Shown(
        question=question,
        path=path,
        value="" if boxes is None else boxes,
        errors=_errors(path, state.problems),
        is_required=path in state.evaluation.required,
        choices=_choices(question, state.outside),
        computed=computed,
        is_prefilled=path in state.prefilled,
        items=items,
    )


def _item(
    group: GroupQuestion, path: str, position: int, boxes: Mapping[str, Any], state: PageState
) -> Iterator[Shown]:
    """The item's visible questions; of an item that is not stored yet, those without conditions."""
    visible = state.evaluation.visible
    known = any(name.startswith(f"{path}.{position}.") for name in visible)
    for question in group.fields:
        place = f"{path}.{position}.{question.name}"
        if place in visible or (not known and not question.show and not question.compute):
            shown = _shown(question, place, boxes.get(question.name), state)
            yield shown if known else replace(shown, is_required=question.required is True)


def _errors(path: str, problems: Mapping[str, str]) -> dict[str, str]:
    start = f"{path}."
    found = {
        name.removeprefix(start): words
        for name, words in problems.items()
        if name.startswith(start)
    }
    return found | ({"": problems[path]} if path in problems else {})


def _choices(question: Question, outside: Outside) -> Sequence[Choice]:
    source = getattr(question, "choices_from", "") or getattr(question, "slots_from", "")
    source = source or getattr(question, "areas_from", "")
    return tuple(getattr(question, "choices", ())) or outside.choices.get(source, ())
