"""What becomes of a draft of an older version."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..definition import Definition
from ..evaluation.evaluate import evaluate
from ..evaluation.result import Evaluation
from ..fields.contract import Outside, Question, Refused, is_blank
from .differences import differences


@dataclass(frozen=True)
class Rechecked:
    """``answers`` hold under the new version; ``refused`` says by path what has to be answered
    again, ``dropped`` shows by label what is not asked any more, so that nothing vanishes unseen.
    """

    changes: tuple[str, ...]
    answers: dict[str, Any]
    refused: dict[str, str]
    dropped: dict[str, str]
    evaluation: Evaluation


def recheck(
    old: Definition, new: Definition, answers: Mapping[str, Any], outside: Outside
) -> Rechecked:
    """Carry a draft's answers over to the new version. Pure; nothing is stored."""
    asked_before = {question.name: question for _, question in old.questions()}
    asked_now = {question.name: question for _, question in new.questions()}
    kept: dict[str, Any] = {}
    refused: dict[str, str] = {}
    dropped: dict[str, str] = {}
    for name, stored in answers.items():
        before, now = asked_before.get(name), asked_now.get(name)
        if is_blank(stored) or before is None:
            continue
        if now is None or now.kind != before.kind:
            dropped[before.label] = before.display(stored)
            continue
        value, problems = _kept(now, stored, outside)
        refused |= problems
        if value is not None:
            kept[name] = value
    changes = differences(old, new)
    state = evaluate(new, kept, today=outside.today)
    return Rechecked(changes, kept, refused, dropped, state)


def _kept(question: Question, stored: Any, outside: Outside) -> tuple[Any, dict[str, str]]:
    try:
        return question.keep(stored, outside), {}
    except Refused as refusal:
        return None, {
            f"{question.name}.{part}" if part else question.name: words
            for part, words in refusal.problems.items()
        }
