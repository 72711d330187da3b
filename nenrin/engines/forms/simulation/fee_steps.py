"""Where the fee changes: for each question it depends on, the answers on both sides."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ..evaluation.evaluate import evaluate
from ..evaluation.program import Formula, Program
from ..fields.contract import Question
from ..language.types import BOOL, Kind
from .cases import Case, CaseMaker
from .findings import FeeStep

ORDINARY, ALL_YES = "ほかがふつうなら", "はい・いいえがみな「はい」なら"
IN_ORDER = (Kind.DATE, Kind.NUMBER, Kind.GROUP)


def fee_steps(maker: CaseMaker, today: date) -> Iterator[FeeStep]:
    """Each answer next to which the amount changes, with all other answers as in a base."""
    questions = {asked.key: asked.question for asked in maker.program.asked()}
    keys = sorted(maker.variables(_used(maker.program)))
    yes: Case = {key: True for key in keys if key in questions and questions[key].type is BOOL}
    bases = [(ORDINARY, Case()), (ALL_YES, yes)] if yes else [(ORDINARY, Case())]
    for key in keys:
        question = questions.get(key.lstrip("#"))
        if question is None:
            continue
        for words, base in bases:
            rows = list(_rows(maker, key, question, (words, base), today))
            yield from _edges(rows) if question.type.kind in IN_ORDER else _all_if_any(rows)


def _used(program: Program) -> set[str]:
    formulas = [one for rule in program.fees for one in rule[:2] if isinstance(one, Formula)]
    return {key for formula in formulas for key in formula.uses}


def _rows(
    maker: CaseMaker, key: str, question: Question, base: tuple[str, Case], today: date
) -> Iterator[FeeStep]:
    words, answers = base
    tried = sorted(maker.alone(key, answers), key=lambda pair: _rank(pair[0]))
    for value, case in tried:
        fee = evaluate(maker.program.definition, case, today=today).fee
        amount, name = (fee.amount, fee.name) if fee else (None, "")
        yield FeeStep(words, question.label, _shown(key, question, value), amount, name)


def _rank(value: Any) -> tuple[int, str]:
    """Numbers by size, days by time."""
    return len(repr(value)), repr(value)


def _shown(key: str, question: Question, value: Any) -> str:
    if value is None:
        return "答えなし"
    return str(value) if key.startswith("#") else question.display(value)


def _edges(rows: list[FeeStep]) -> Iterator[FeeStep]:
    """Of ordered answers only those beside a change."""
    for place, row in enumerate(rows):
        neighbours = rows[max(place - 1, 0) : place + 2]
        if any(other.amount != row.amount for other in neighbours):
            yield row


def _all_if_any(rows: list[FeeStep]) -> Iterator[FeeStep]:
    if len({row.amount for row in rows}) > 1:
        yield from rows
