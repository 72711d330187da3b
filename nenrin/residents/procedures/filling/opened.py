"""補正: the form with only those questions open that were asked to be mended."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from nenrin.engines.forms.definition import Definition, Section
from nenrin.engines.forms.evaluation.evaluate import evaluate
from nenrin.engines.forms.evaluation.result import Evaluation
from nenrin.engines.forms.pages.section import Mount


def open_names(asked: Collection[str], state: Evaluation) -> frozenset[str]:
    """The questions asked for, and those that must be answered because of what was mended."""
    follow = (problem.path.split(".")[0] for problem in state.problems if not problem.may_follow)
    return frozenset(asked) | frozenset(follow)


@dataclass(frozen=True, kw_only=True)
class MendMount(Mount):
    """A mount whose pages hold only what is open; rules still see every answer."""

    whole: Definition
    asked: frozenset[str]

    def look(self, answers: Mapping[str, Any]) -> Evaluation:
        """The whole form's state, with only the pages that have something open."""
        state = evaluate(self.whole, answers, today=self.outside.today)
        shown = opened(self.whole, open_names(self.asked, state))
        pages = {section.name for section in shown.pages}
        return replace(state, sections=tuple(name for name in state.sections if name in pages))


def opened(definition: Definition, names: Collection[str]) -> Definition:
    """A copy that asks only these questions."""
    sections = [kept for section in definition.sections if (kept := _kept(section, names))]
    attachments = tuple(one for one in definition.attachments if one.name in names)
    return definition.model_copy(update={"sections": tuple(sections), "attachments": attachments})


def _kept(section: Section, names: Collection[str]) -> Section | None:
    fields = tuple(question for question in section.fields if question.name in names)
    return section.model_copy(update={"fields": fields}) if fields else None
