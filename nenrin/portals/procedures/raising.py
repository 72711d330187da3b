"""What the applicant still has to prove before a page opens or the form is sent.

The way there and back keeps what was typed: it lies in the draft, and every way comes back to the
page it was asked on.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.selectors import definition_of
from nenrin.portals.identity.contact import may_send_code
from nenrin.residents.procedures.applicant.standing import Standing
from nenrin.residents.procedures.checks import unreached
from nenrin.residents.procedures.models import Application, Identity, Mouth
from nenrin.residents.procedures.services.prove_identity import contacts_in


@dataclass(frozen=True)
class ContactToReach:
    """A contact among the answers, and whether it must be proved."""

    question: str
    label: str
    is_reached: bool
    is_required: bool
    may_send: bool


@dataclass(frozen=True)
class Raising:
    """What the review page says of who applies."""

    needs_card: bool
    may_go_without: bool
    is_held: bool
    contacts: tuple[ContactToReach, ...]

    @property
    def stands_in_the_way(self) -> bool:
        """Whether it cannot be sent yet."""
        is_shut = self.needs_card and not self.may_go_without
        return is_shut or any(one.is_required and not one.is_reached for one in self.contacts)


def raising_for(application: Application, standing: Standing) -> Raising | None:
    """None where a clerk types: they look themselves."""
    if application.mouth != Mouth.PHONE:
        return None
    definition = definition_of(application.version)
    wants_card = definition.identity == "card" or definition.needs_card_signature
    is_held = standing.identity == Identity.CARD
    return Raising(
        needs_card=wants_card and not is_held,
        may_go_without=definition.identity != "card" or definition.without_card == "desk",
        is_held=is_held,
        contacts=tuple(_contacts(application, definition)),
    )


def _contacts(application: Application, definition: Definition) -> Iterator[ContactToReach]:
    """Those that must be reached; with level contact also those that may be."""
    required = set(unreached(application, definition))
    held = contacts_in(application)
    offers_all = definition.identity == "contact" and not application.person_id
    for _, question in definition.questions():
        if question.name not in held:
            continue
        if question.name in required or offers_all or getattr(question, "verify", False):
            yield ContactToReach(
                question=question.name,
                label=f"{question.label}: {question.display(held[question.name])}",
                is_reached=application.reached.get(question.name) == held[question.name],
                is_required=question.name in required,
                may_send=may_send_code(held[question.name]),
            )


def page_needs(definition: Definition, section: str, standing: Standing) -> str:
    """The level that has to be reached before a page opens; empty where it may."""
    page = next((one for one in definition.pages if one.name == section), None)
    level = page.identity if page else ""
    return "" if not level or standing.reaches(level) else level
