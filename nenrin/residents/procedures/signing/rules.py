"""What a signer sees and signs, and by what two signatures of one person are told."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils import timezone

from nenrin.core.people.matching import plain_name
from nenrin.engines.forms.definition import Definition, Signer
from nenrin.engines.forms.evaluation.evaluate import evaluate
from nenrin.engines.forms.evaluation.review import ReviewedSection, review
from nenrin.engines.forms.selectors import definition_of

from ..applicant.standing import Standing
from ..models import Application, Signature


def signer_of(definition: Definition, role: str) -> Signer | None:
    """The definition's words about a role."""
    return next((one for one in definition.signers if one.name == role), None)


def shown_to(signer: Signer, application: Application, today: date) -> list[ReviewedSection]:
    """The pages that concern this signer."""
    definition = definition_of(application.version)
    pages = review(definition, application.answers, today=today)
    return [page for page in pages if not signer.sees or page.name in signer.sees]


def digest_of(signer: Signer, application: Application) -> str:
    """Of what is signed: the version and the answers on the signer's pages."""
    definition = definition_of(application.version)
    answers = {
        question.name: application.answers.get(question.name)
        for page, question in definition.questions()
        if not question.compute and (not signer.sees or page.name in signer.sees)
    }
    what = {"version": application.version_id, "statement": signer.statement, "answers": answers}
    text = json.dumps(what, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def keys_of(standing: Standing, name: str, birth_date: date | None) -> set[str]:
    """Everything by which this person would be known again, as keyed hashes."""
    return {_keyed(text) for text in _marks(standing, name, birth_date)}


def _marks(standing: Standing, name: str, birth_date: date | None) -> Iterator[str]:
    if standing.person:
        yield f"person:{standing.person.pk}"
    if standing.card:
        yield f"card:{standing.card.pk}"
    for contact in standing.contacts:
        yield f"contact:{contact.lower()}"
    if name and birth_date:
        yield f"name:{plain_name(name)}:{birth_date.isoformat()}"


def keys_of_applicant(application: Application) -> set[str]:
    """Those of whoever applies."""
    person = application.person
    standing = Standing(
        person=person,
        card=application.card,
        contacts=frozenset(value.lower() for value in application.reached.values()),
    )
    name = f"{person.family_name}{person.given_name}" if person else ""
    return keys_of(standing, name, person.birth_date if person else None)


def _keyed(text: str) -> str:
    key = settings.SECRET_KEY.encode()
    return hmac.digest(key, f"signature:{text}".encode(), hashlib.sha256).hex()


def wanted_signers(application: Application, definition: Definition) -> list[Signer]:
    """The roles that are wanted under the answers as they are now."""
    if not definition.signers:
        return []
    state = evaluate(definition, application.answers, today=timezone.localdate())
    return [one for one in definition.signers if one.name in state.signers]


def unsigned(application: Application, definition: Definition) -> list[str]:
    """By role, whose signatures are missing, in words; nothing where all have signed."""
    signed = list(
        application.signatures.filter(state=Signature.State.SIGNED).values_list("role", flat=True)
    )
    wanted = wanted_signers(application, definition)
    lacking = ((signer, signer.count - signed.count(signer.name)) for signer in wanted)
    return [f"{signer.label}（あと{count}人）" for signer, count in lacking if count > 0]
