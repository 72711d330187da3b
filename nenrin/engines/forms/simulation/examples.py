"""Run a definition's own tests: what comes out for each made-up applicant, and what should."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..definition import Definition
from ..evaluation.evaluate import evaluate
from ..evaluation.result import Evaluation
from ..example import Ending, Example, Expected, FeeExpected
from ..faults import Fault

ENDINGS: dict[Ending, str] = {
    "sent": "送れる",
    "stopped": "わけを出して止まる",
    "unfinished": "まだ足りないものがある",
}


@dataclass(frozen=True)
class Outcome:
    """One example as it came out; without ``mismatches`` it holds."""

    example: Example
    mismatches: tuple[str, ...]


def run_examples(definition: Definition) -> tuple[Outcome, ...]:
    """Every example of a definition that can be evaluated."""
    return tuple(
        Outcome(example, tuple(_mismatches(definition, example))) for example in definition.examples
    )


def broken_examples(definition: Definition) -> list[Fault]:
    """What keeps the definition from being published."""
    return [
        Fault(f"テスト「{outcome.example.name}」", words)
        for outcome in run_examples(definition)
        for words in outcome.mismatches
    ]


def outcome_of(state: Evaluation) -> Expected:
    """What comes out now, to be kept as what must come out."""
    return Expected(ends=_ending(state), reason=_reason(state), fee=_fee(state))


def record_example(
    definition: Definition, name: str, answers: Mapping[str, Any], day: date
) -> Example:
    """An example that holds at this moment."""
    state = evaluate(definition, answers, today=day)
    return Example(
        name=name, day=day.isoformat(), answers=dict(answers), expected=outcome_of(state)
    )


def fee_words(fee: FeeExpected | None) -> str:
    """An expected fee as staff read it."""
    words = {None: "見ない", "none": "かからない", "later": "あとで知らせる"}
    return f"{fee:,}円" if isinstance(fee, int) else words[fee]


def _ending(state: Evaluation) -> Ending:
    if state.blocks:
        return "stopped"
    return "sent" if state.may_be_sent else "unfinished"


def _reason(state: Evaluation) -> str:
    return state.blocks[0].message if state.blocks else ""


def _fee(state: Evaluation) -> FeeExpected | None:
    if not state.has_fee:
        return "none"
    if state.fee is None:
        return None
    return "later" if state.fee.amount is None else state.fee.amount


def _mismatches(definition: Definition, example: Example) -> Iterator[str]:
    labels = {question.name: question.label for _, question in definition.questions()}
    for name in example.answers:
        if name not in labels:
            yield f"答えにある「{name}」という項目は、いまありません。テストを取り直してください。"
    expected = example.expected
    state = evaluate(definition, example.answers, today=date.fromisoformat(example.day))
    yield from _wrong_ending(expected, state, labels)
    yield from _wrong_fee(expected, state)
    for name in expected.shown:
        if name not in state.visible:
            yield f"「{labels.get(name, name)}」が出るはずですが、出ません。"
    for name in expected.hidden:
        if name in state.visible:
            yield f"「{labels.get(name, name)}」は出ないはずですが、出ます。"


def _wrong_ending(
    expected: Expected, state: Evaluation, labels: Mapping[str, str]
) -> Iterator[str]:
    found = _ending(state)
    if found != expected.ends:
        words = f"「{ENDINGS[expected.ends]}」はずですが、「{ENDINGS[found]}」になりました。"
        yield words + _why(state, labels)
    reasons = [block.message for block in state.blocks]
    if expected.reason and found == expected.ends and expected.reason not in reasons:
        now = "、".join(reasons)
        yield f"止まるわけが「{expected.reason}」のはずですが、「{now}」になりました。"


def _why(state: Evaluation, labels: Mapping[str, str]) -> str:
    if state.blocks:
        return f"わけ: {state.blocks[0].message}"
    wrong = [one for one in state.problems if not one.may_follow]
    if not wrong:
        return ""
    label = labels.get(wrong[0].path.split(".")[0], wrong[0].path)
    return f"「{label}」: {wrong[0].message}"


def _wrong_fee(expected: Expected, state: Evaluation) -> Iterator[str]:
    found = _fee(state)
    if expected.fee is not None and found != expected.fee:
        now = "決まりません" if found is None else f"{fee_words(found)}になりました"
        yield f"手数料は{fee_words(expected.fee)}のはずですが、{now}。"
