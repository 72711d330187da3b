"""Answers that the town knows already: from the register, and from what the person sent before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from nenrin.core.people.models import Person
from nenrin.core.registry.registry import Registry
from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.selectors import definition_of

from ..models import Application
from .outside import area_choices

EARLIER = 5


@dataclass(frozen=True)
class PrefillSource:
    """Somewhere else the applicant wrote something: by question name, from the application's key.

    Answers under the town's own rules only; what it says is shown as a suggestion.
    """

    key: str
    suggest: Callable[[UUID, Definition], Mapping[str, Any]]


prefill_sources: Registry[PrefillSource] = Registry("prefill source")


def prefill_of(application: Application, definition: Definition) -> dict[str, Any]:
    """Suggestions for an application: of the register, and newer ones from where else it began."""
    found = prefill_for(application.person, definition)
    for source in prefill_sources:
        found |= source.suggest(application.pk, definition)
    return found


def prefill_for(person: Person | None, definition: Definition) -> dict[str, Any]:
    """Suggestions by question name; they are stored only when their page is sent."""
    if person is None:
        return {}
    known = _earlier(person) | _of_register(person)
    return {
        question.name: known[question.prefill]
        for _, question in definition.questions()
        if question.prefill in known
    }


def _of_register(person: Person) -> dict[str, Any]:
    found: dict[str, Any] = {
        "person.name": {
            "family": person.family_name,
            "given": person.given_name,
            "family_kana": person.family_name_kana,
            "given_kana": person.given_name_kana,
        }
    }
    if person.birth_date:
        found["person.birth_date"] = person.birth_date.isoformat()
    if person.user:
        found["person.email"] = person.user.email
    place = _place(person.household.address) if person.household else None
    return found | ({"person.address": place} if place else {})


def _place(address: str) -> Mapping[str, str] | None:
    """The register's line as the parts of an address; None where it names no area of ours."""
    for area in sorted(area_choices(), key=lambda one: len(one.label), reverse=True):
        if address.startswith(area.label):
            number = address.removeprefix(area.label).strip()
            return {"area": area.value, "area_name": area.label, "number": number or "番地なし"}
    return None


def _earlier(person: Person) -> dict[str, Any]:
    """By prefill key, what stood in the person's newest applications."""
    sent = Application.objects.filter(person=person, sent_at__isnull=False)
    found: dict[str, Any] = {}
    for application in sent.select_related("version").order_by("-sent_at")[:EARLIER]:
        for _, question in definition_of(application.version).questions():
            if question.prefill and question.name in application.answers:
                found.setdefault(question.prefill, application.answers[question.name])
    return found
