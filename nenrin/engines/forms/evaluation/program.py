"""A definition made ready: every expression parsed, checked and compiled, in an order that works.

Nothing here knows answers. `build_program` refuses a definition with everything that is wrong.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from ..definition import Block, Definition, FeeRule, Section
from ..faults import DefinitionRefused, Fault
from ..fields.contract import Question
from ..fields.rich.group import GroupQuestion
from ..language.checker import need
from ..language.compiler import Compiled, compile_node
from ..language.parser import parse
from ..language.tree import ExpressionError, Node
from ..language.types import BOOL, NUMBER, Scope, Type
from ..language.uses import uses


@dataclass(frozen=True, slots=True)
class Formula:
    """One expression, ready to be asked."""

    place: str
    text: str
    node: Node
    scope: Scope
    act: Compiled
    uses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its rules; ``group`` is empty outside groups."""

    question: Question
    section: str
    group: str
    show: Formula | None
    skip: Formula | None
    required: Formula | bool
    compute: Formula | None
    checks: tuple[tuple[Formula, str], ...]
    inner: tuple["Asked", ...] = ()

    @property
    def key(self) -> str:
        """`birth`, or `members.birth`."""
        return f"{self.group}.{self.question.name}" if self.group else self.question.name

    def formulas(self) -> Iterator[Formula]:
        """Every expression of the question and, for a group, of its fields."""
        for one in (self.show, self.skip, self.required, self.compute):
            if isinstance(one, Formula):
                yield one
        yield from (formula for formula, _ in self.checks)
        for inner in self.inner:
            yield from inner.formulas()


@dataclass(frozen=True, slots=True)
class Page:
    """A section with its rules."""

    section: Section
    show: Formula | None
    skip: Formula | None
    asked: tuple[Asked, ...]

    @property
    def key(self) -> str:
        """Cannot be a question's."""
        return f"§{self.section.name}"


@dataclass(frozen=True, slots=True)
class Program:
    """All of it. ``order`` visits what others depend on first."""

    definition: Definition
    scope: Scope
    pages: tuple[Page, ...]
    order: tuple[Page | Asked, ...]
    blocks: tuple[tuple[Formula, Block], ...]
    fees: tuple[tuple[Formula | None, Formula | int | None, FeeRule], ...]
    signers: tuple[tuple[Formula | None, str], ...] = ()

    def asked(self) -> Iterator[Asked]:
        """Every question, those of a group after the group."""
        for page in self.pages:
            for asked in page.asked:
                yield asked
                yield from asked.inner

    def formulas(self) -> Iterator[Formula]:
        """Every expression of the definition."""
        for page in self.pages:
            yield from (one for one in (page.show, page.skip) if one)
            for asked in page.asked:
                yield from asked.formulas()
        yield from (formula for formula, _ in self.blocks)
        for when, amount, _ in self.fees:
            yield from (one for one in (when, amount) if isinstance(one, Formula))
        yield from (when for when, _ in self.signers if when)


def build_program(definition: Definition) -> Program:
    """Make the definition ready. Raises DefinitionRefused with every fault found."""
    builder = _Builder(definition)
    pages = tuple(builder.page(section) for section in definition.pages)
    blocks = tuple(
        (formula, block)
        for number, block in enumerate(definition.blocks, 1)
        if (formula := builder.formula(block.when, f"送れない条件{number}", BOOL))
    )
    fees = tuple(builder.fee(rule) for rule in (definition.fee.rules if definition.fee else ()))
    signers = tuple(
        (builder.formula(one.when, f"署名する人「{one.label}」の when", BOOL), one.name)
        for one in definition.signers
    )
    if builder.faults:
        raise DefinitionRefused(builder.faults)
    order = _order(pages)
    return Program(definition, builder.scope, pages, order, blocks, fees, signers)


class _Builder:
    def __init__(self, definition: Definition) -> None:
        self.faults: list[Fault] = []
        self.scope = Scope({asked.name: asked.type for _, asked in definition.questions()})

    def formula(
        self, text: str, place: str, wanted: Type, scope: Scope | None = None
    ) -> Formula | None:
        if not text:
            return None
        inside = scope or self.scope
        try:
            node = parse(text)
            need(node, inside, wanted)
        except ExpressionError as error:
            self.faults.append(Fault(place, f"式「{text}」の{error}"))
            return None
        used = frozenset(uses(node, inside))
        return Formula(place, text, node, inside, compile_node(node, inside), used)

    def page(self, section: Section) -> Page:
        place = f"ページ「{section.title}」"
        show = self.formula(section.show, f"{place}の show", BOOL)
        skip = self.formula(section.skip, f"{place}の skip", BOOL)
        asked = tuple(self.asked(question, section.name, "") for question in section.fields)
        return Page(section, show, skip, asked)

    def asked(self, question: Question, section: str, group: str) -> Asked:
        scope = self.scope.inside(group) if group else self.scope
        place = f"項目「{question.label}」"

        def rule(text: str, name: str, wanted: Type = BOOL) -> Formula | None:
            return self.formula(text, f"{place}の {name}", wanted, scope)

        checks = tuple(
            (formula, check.message)
            for check in question.checks
            if (formula := rule(check.that, "checks"))
        )
        inner: tuple[Asked, ...] = ()
        if isinstance(question, GroupQuestion):
            inner = tuple(self.asked(one, section, question.name) for one in question.fields)
        return Asked(
            question, section, group, rule(question.show, "show"), rule(question.skip, "skip"),
            self._required(question, rule), rule(question.compute, "compute", question.type),
            checks, inner,
        )  # fmt: skip

    @staticmethod
    def _required(question: Question, rule: Callable[[str, str], Formula | None]) -> Formula | bool:
        if isinstance(question.required, bool):
            return question.required
        return rule(question.required, "required") or False

    def fee(self, rule: FeeRule) -> tuple[Formula | None, Formula | int | None, FeeRule]:
        place = f"手数料「{rule.name}」"
        when = self.formula(rule.when, f"{place}の when", BOOL)
        if rule.amount is None or isinstance(rule.amount, int):
            return when, rule.amount, rule
        return when, self.formula(rule.amount, f"{place}の amount", NUMBER) or 0, rule


def _order(pages: tuple[Page, ...]) -> tuple[Page | Asked, ...]:
    """Pages and questions so that each comes after what decides it. Raises for circles."""
    steps: dict[str, Page | Asked] = {}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for page in pages:
        steps[page.key] = page
        sorter.add(page.key, *_needed(page.show, page.skip))
        for asked in page.asked:
            for one, above in ((asked, page.key), *((inner, asked.key) for inner in asked.inner)):
                steps[one.key] = one
                sorter.add(one.key, above, *_needed(one.show, one.skip, one.compute))
    try:
        return tuple(steps[key] for key in sorter.static_order())
    except CycleError as error:
        circle = " → ".join(_label(steps[key]) for key in error.args[1])
        words = f"たがいに頼り合っています: {circle}。どれか一つの条件を外してください。"
        raise DefinitionRefused([Fault("条件", words)]) from error


def _needed(*formulas: Formula | None) -> list[str]:
    return sorted({used for formula in formulas if formula for used in formula.uses})


def _label(step: Page | Asked) -> str:
    return f"「{step.section.title if isinstance(step, Page) else step.question.label}」"
