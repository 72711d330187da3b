"""The one evaluator. Pure: the same definition, answers and day give the same result anywhere.

What is not visible counts as unanswered everywhere; an optional group, file or list left blank is
empty, not unknown. A condition that is unknown shows nothing,
requires nothing, skips nothing, blocks nothing and fails no check.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ..definition import Definition, FeeRule
from ..fields.contract import is_blank
from ..language.compiler import NO_ITEM
from ..language.functions import floor
from .program import Asked, Formula, Page, Program, build_program
from .result import Blocked, Evaluation, FeeDecision, Problem, ProblemKind, Traced

UNREADABLE_WORDS = "前の答えが読めません。もう一度入れてください。"
REMEMBERED = 256
# Programs by the identity of their definition, which is kept so that it cannot be another's.
_programs: OrderedDict[int, Program] = OrderedDict()


def program_of(definition: Definition) -> Program:
    """The definition's program, built once. Raises DefinitionRefused."""
    found = _programs.get(id(definition))
    if found is None:
        found = _programs[id(definition)] = build_program(definition)
        while len(_programs) > REMEMBERED:
            _programs.popitem(last=False)
    return found


def evaluate(definition: Definition, answers: Mapping[str, Any], *, today: date) -> Evaluation:
    """What the form looks like under these stored answers. Raises DefinitionRefused."""
    return _Run(program_of(definition), answers, today).result()


class _Run:
    def __init__(self, program: Program, answers: Mapping[str, Any], today: date) -> None:
        self.program = program
        self.answers = answers
        self.values: dict[str, Any] = {"today": today}
        self.shown: set[str] = set()
        self.sections: set[str] = set()
        self.computed: dict[str, Any] = {}
        self.unreadable: set[str] = set()
        for step in program.order:
            if isinstance(step, Page):
                if self._is_on(step, NO_ITEM):
                    self.sections.add(step.section.name)
            elif step.group:
                self._place_in_items(step)
            elif step.section in self.sections:
                self._place(step, self.values, self.answers, step.question.name)

    def _is_on(self, step: Page | Asked, item: Mapping[str, Any]) -> bool:
        if step.show is not None and step.show.act(self.values, item) is not True:
            return False
        return step.skip is None or step.skip.act(self.values, item) is not True

    def _place_in_items(self, step: Asked) -> None:
        items = self.values.get(step.group)
        for position, item in enumerate(items or ()):
            path = f"{step.group}.{position}.{step.question.name}"
            self._place(step, item, self.answers[step.group][position], path)

    def _place(
        self, step: Asked, values: dict[str, Any], answers: Mapping[str, Any], path: str
    ) -> None:
        if not self._is_on(step, values if step.group else NO_ITEM):
            return
        name = step.question.name
        self.shown.add(path)
        if step.compute is not None:
            values[name] = self.computed[path] = step.compute.act(self.values, values)
            return
        stored: Any = answers.get(name)
        if is_blank(stored):
            if step.required is False:
                values[name] = step.question.when_left_blank
            return
        try:
            loaded = step.question.load(stored)
        except (ValueError, TypeError, KeyError):
            self.unreadable.add(path)
            return
        values[name] = [{} for _ in stored] if step.inner else loaded

    def result(self) -> Evaluation:
        required: set[str] = set()
        problems: list[Problem] = []
        next_section = None
        for page in self.program.pages:
            if page.section.name not in self.sections:
                continue
            before = len(problems)
            for asked, item, stored, path in self._visible(page):
                needed = self._is_required(asked, item)
                if needed:
                    required.add(path)
                problems.extend(self._problems(asked, item, stored, path, needed))
            if next_section is None and any(not one.may_follow for one in problems[before:]):
                next_section = page.section.name
        return Evaluation(
            sections=tuple(self._sections()),
            visible=frozenset(self.shown),
            required=frozenset(required),
            computed=self.computed,
            problems=tuple(problems),
            blocks=tuple(self._blocks()),
            has_fee=bool(self.program.fees),
            fee=self._fee(),
            next_section=next_section,
            signers=tuple(self._signers()),
        )

    def _sections(self) -> Iterator[str]:
        """Visible pages; one on which nothing is asked is none."""
        for page in self.program.pages:
            if any(asked.key in self.shown for asked in page.asked):
                yield page.section.name

    def _visible(self, page: Page) -> Iterator[tuple[Asked, Mapping[str, Any], Any, str]]:
        """Each visible question of the page with its item, its stored answer and its path."""
        for asked in page.asked:
            name = asked.question.name
            if name not in self.shown:
                continue
            yield asked, NO_ITEM, self.answers.get(name), name
            for position, item in enumerate(self._items(asked)):
                answers = self.answers[name][position]
                for inner in asked.inner:
                    path = f"{name}.{position}.{inner.question.name}"
                    if path in self.shown:
                        yield inner, item, answers.get(inner.question.name), path

    def _items(self, asked: Asked) -> list[dict[str, Any]]:
        return (self.values.get(asked.question.name) or []) if asked.inner else []

    def _is_required(self, asked: Asked, item: Mapping[str, Any]) -> bool:
        if asked.compute is not None:
            return False
        if isinstance(asked.required, Formula):
            return asked.required.act(self.values, item) is True
        return asked.required

    def _problems(
        self, asked: Asked, item: Mapping[str, Any], stored: Any, path: str, needed: bool
    ) -> Iterator[Problem]:
        question = asked.question
        if path in self.unreadable:
            yield Problem(path, ProblemKind.UNREADABLE, UNREADABLE_WORDS)
            return
        if asked.compute is None:
            if is_blank(stored):
                if needed:
                    words, may_follow = question.blank_words, question.may_follow
                    yield Problem(path, ProblemKind.MISSING, words, may_follow)
                return
            short = question.shortfall(stored)
            if short:
                yield Problem(path, ProblemKind.SHORT, short)
        for formula, message in asked.checks:
            if formula.act(self.values, item) is False:
                yield Problem(path, ProblemKind.CHECK, message)

    def _blocks(self) -> Iterator[Blocked]:
        for formula, block in self.program.blocks:
            if formula.act(self.values, NO_ITEM) is True:
                yield Blocked(block.message, block.article, tuple(sorted(formula.uses)))

    def _signers(self) -> Iterator[str]:
        for when, name in self.program.signers:
            if when is None or when.act(self.values, NO_ITEM) is True:
                yield name

    def _fee(self) -> FeeDecision | None:
        for when, amount, rule in self.program.fees:
            holds = True if when is None else when.act(self.values, NO_ITEM)
            if holds is None:
                return None
            if holds:
                return self._decision(amount, rule)
        return None

    def _decision(self, amount: Formula | int | None, rule: FeeRule) -> FeeDecision | None:
        if not isinstance(amount, Formula):
            return FeeDecision(amount, rule.name, rule.article, rule.is_example)
        found = amount.act(self.values, NO_ITEM)
        if found is None:
            return None
        owed = int(floor(found) or 0)
        return FeeDecision(owed, rule.name, rule.article, rule.is_example)


def trace(definition: Definition, answers: Mapping[str, Any], *, today: date) -> Iterator[Traced]:
    """Every rule with what it says under these answers, those of groups item by item."""
    program = program_of(definition)
    run = _Run(program, answers, today)
    inner = {
        id(formula): asked.group
        for asked in program.asked()
        if asked.group
        for formula in asked.formulas()
    }
    seen: set[int] = set()
    for formula in program.formulas():
        if id(formula) in seen:
            continue
        seen.add(id(formula))
        group = inner.get(id(formula), "")
        items = (run.values.get(group) or []) if group else [NO_ITEM]
        found = [formula.act(run.values, item) for item in items]
        yield Traced(formula.place, formula.text, found[0] if len(found) == 1 else tuple(found))
