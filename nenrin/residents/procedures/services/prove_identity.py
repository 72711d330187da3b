"""Write down how sure the town is of who applies, as their session proves it now."""

from django.db import transaction

from nenrin.engines.forms.selectors import definition_of

from ..applicant.standing import Standing
from ..locking import ApplicationRefused, lock
from ..models import Application, Identity, Mouth


@transaction.atomic
def prove_identity(*, application: Application, standing: Standing) -> Application:
    """Keep the level, its time, and the resident a card made known; what was typed is untouched.

    Nothing changes once it was sent, or where a clerk types. Raises ApplicationRefused where
    somebody else began it.
    """
    found = lock(application)
    if found.case_id or found.mouth != Mouth.PHONE:
        return found
    person = standing.person
    if found.person_id and person and found.person_id != person.pk:
        raise ApplicationRefused(
            "この申請は、ほかの方が始めたものです。ご自分の申請は、手続きのページから始めてください。"
        )
    if person and found.person_id is None:
        found.person, found.household, found.user_id = person, person.household, standing.user_id
    found.identity, found.identity_at = _level(found, standing), standing.proved_at
    found.card = standing.card if found.identity == Identity.CARD else None
    found.reached = _reached(found, standing)
    found.save(
        update_fields=[
            "person", "household", "user", "identity", "identity_at", "card", "reached",
        ]
    )  # fmt: skip
    return found


def _level(application: Application, standing: Standing) -> Identity:
    """Contact only where the contact is one of this application's answers."""
    if standing.identity != Identity.CONTACT:
        return standing.identity
    return Identity.CONTACT if _reached(application, standing) else Identity.NONE


def _reached(application: Application, standing: Standing) -> dict[str, str]:
    """By question, the contacts whose holder has read a code; kept from earlier sessions, too."""
    before = application.reached
    return {
        name: value
        for name, value in contacts_in(application).items()
        if value.lower() in standing.contacts or before.get(name) == value
    }


def contacts_in(application: Application) -> dict[str, str]:
    """The e-mail addresses and telephone numbers among the answers, by question."""
    definition = definition_of(application.version)
    return {
        question.name: str(application.answers[question.name])
        for _, question in definition.questions()
        if question.kind in ("email", "telephone") and application.answers.get(question.name)
    }
