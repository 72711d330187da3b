"""What the desk looks at before it decides, drawn from the form and from how it came."""

from collections.abc import Iterator

from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.evaluation.result import Evaluation

from .access import is_sure_enough
from .models import Application

IDENTITY_WORDS = {
    "contact": "連絡先（電話かメール）が本人のものか",
    "login": "本人の確認",
    "card": "本人の確認（カードの代わりに窓口か郵送で）",
}


def checks_for(
    application: Application, definition: Definition, state: Evaluation
) -> list[tuple[str, str]]:
    """Key and label of each check."""
    return [*_of_person(application, definition), *_of_form(definition, state)]


def _of_person(application: Application, definition: Definition) -> Iterator[tuple[str, str]]:
    if not is_sure_enough(definition, application.identity):
        yield "identity", IDENTITY_WORDS[definition.identity]
    elif definition.needs_card_signature and application.identity != "card":
        yield "signature", "電子署名の代わりになるもの（署名・本人確認書類）"


def _of_form(definition: Definition, state: Evaluation) -> Iterator[tuple[str, str]]:
    late = {problem.path for problem in state.problems if problem.may_follow}
    for _, question in definition.questions():
        if question.name in late:
            yield f"late:{question.name}", f"後から届くもの: {question.label}"
        elif question.kind == "file" and question.name in state.visible:
            yield f"file:{question.name}", f"添付: {question.label}"
    is_first = definition.fee is not None and definition.fee.pay == "before"
    if is_first and state.fee and state.fee.amount:
        yield "fee", f"手数料 {state.fee.amount:,}円 の支払い"
