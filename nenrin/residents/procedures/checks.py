"""What the desk looks at before it decides, drawn from the form and from how it came."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from nenrin.core.messaging.services.send_text import may_send_text
from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.evaluation.result import Evaluation

from .applicant.access import is_sure_enough
from .models import Application, Identity, Mouth
from .services.papers.keep_scan import lacks_scan

IDENTITY_WORDS = {
    "contact": "連絡先（電話かメール）が本人のものか",
    "login": "本人の確認",
    "card": "本人の確認（カードの代わりに窓口か郵送で）",
}


def checks_for(
    application: Application, definition: Definition, state: Evaluation
) -> list[tuple[str, str]]:
    """Key and label of each check."""
    persons = (*_of_person(application, definition), *_of_signers(application, definition, state))
    paper = [("scan", "紙の写しをとって案件に残すこと")] if lacks_scan(application) else []
    return [*persons, *_of_form(definition, state), *paper]


def lacks_card(application: Application, definition: Definition) -> bool:
    """Whether a card is wanted, none was held lately, and the desk may not look instead."""
    if definition.identity != "card" or definition.without_card == "desk":
        return False
    return not held_lately(application, definition)


def held_lately(application: Application, definition: Definition) -> bool:
    """Whether a card was held within the time that the form allows."""
    at, longest = application.identity_at, timedelta(minutes=definition.card_minutes)
    return bool(application.identity == Identity.CARD and at and timezone.now() - at <= longest)


def unreached(application: Application, definition: Definition) -> list[str]:
    """Questions whose contact has to be reached by a code and was not.

    A telephone that receives no texts cannot be; the desk rings there.
    """
    wanted = {
        question.name: application.answers.get(question.name)
        for _, question in definition.questions()
        if getattr(question, "verify", False)
    }
    return [
        name
        for name, value in wanted.items()
        if value
        and application.reached.get(name) != value
        and ("@" in value or may_send_text(value))
    ]


def _of_person(application: Application, definition: Definition) -> Iterator[tuple[str, str]]:
    if not is_sure_enough(definition, application.identity):
        yield "identity", IDENTITY_WORDS[definition.identity]
    elif definition.needs_card_signature and application.identity != "card":
        yield "signature", "電子署名の代わりになるもの（署名・本人確認書類）"
    if application.card and application.card.person_id is None:
        yield "card", "カードの方が、住民の情報のどの人か（カードの確認のページ）"


def _of_signers(
    application: Application, definition: Definition, state: Evaluation
) -> Iterator[tuple[str, str]]:
    """On paper and at the counter, others sign by hand."""
    if application.mouth == Mouth.PHONE:
        return
    for signer in (one for one in definition.signers if one.name in state.signers):
        yield f"signer:{signer.name}", f"署名: {signer.label}（{signer.count}人、別々の人）"


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
