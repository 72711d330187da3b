"""An interview as data: what is asked of somebody to whom this happened, and what then applies.

Conditions are the rule language of the form engine; the questions are its kinds, too.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from nenrin.engines.forms.definition import Definition, Section, Slug
from nenrin.engines.forms.fields.contract import Expression, Frozen, Words
from nenrin.engines.forms.fields.kinds import AnyQuestion
from nenrin.engines.forms.language.checker import need
from nenrin.engines.forms.language.compiler import NO_ITEM, Compiled, compile_node
from nenrin.engines.forms.language.parser import parse
from nenrin.engines.forms.language.types import BOOL, Scope, Value

QUESTIONS, FACTS = "questions", "facts"


class Applies(Frozen):
    """A procedure that applies when the condition holds; without one it always does."""

    slug: Slug
    when: Expression = ""
    why: str = ""


class Elsewhere(Frozen):
    """Something to be done outside the town hall."""

    title: Words
    place: Words
    when: Expression = ""


class Interview(Frozen):
    """One life event. ``facts`` are written once and handed to every form."""

    key: Slug
    title: Words
    lead: str = ""
    order: int
    words: tuple[str, ...] = ()
    questions: tuple[AnyQuestion, ...] = ()
    procedures: Annotated[tuple[Applies, ...], Field(min_length=1)]
    elsewhere: tuple[Elsewhere, ...] = ()
    facts: tuple[str, ...] = ()
    labels: Mapping[str, Words] = {}

    @model_validator(mode="after")
    def _conditions_are_clear(self) -> Self:
        """Raises ExpressionError, a ValueError, for a condition that cannot be meant."""
        conditions = [one.when for one in self.procedures] + [one.when for one in self.elsewhere]
        for when in conditions:
            self.condition(when)
        slugs = [one.slug for one in self.procedures]
        if len(slugs) != len(set(slugs)):
            raise ValueError("同じ手続きが二度書かれています。")
        return self

    @cached_property
    def scope(self) -> Scope:
        """What conditions may look at."""
        return Scope({question.name: question.type for question in self.questions})

    @cached_property
    def _ready(self) -> dict[Expression, Compiled]:
        return {}

    def condition(self, when: Expression) -> Compiled:
        """The condition made ready; an empty one is true."""
        if when not in self._ready:
            self._ready[when] = self._made_ready(when)
        return self._ready[when]

    def _made_ready(self, when: Expression) -> Compiled:
        if not when:
            return _always
        node = parse(when)
        need(node, self.scope, BOOL)
        return compile_node(node, self.scope)

    def holds(self, when: Expression, values: Mapping[str, Value]) -> bool:
        """Whether a condition is certainly true."""
        return self.condition(when)(values, NO_ITEM) is True

    @cached_property
    def form(self) -> Definition:
        """The questions as a form of one page."""
        page = Section(name=QUESTIONS, title=self.title, help=self.lead, fields=self.questions)
        return Definition(slug=f"interview-{self.key}", title=self.title, sections=(page,))


def _always(form: object, item: object) -> bool:
    return True
