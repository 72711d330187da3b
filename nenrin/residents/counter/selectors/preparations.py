"""Reading preparations: by code, their answers, their guide, and what they hand to a form."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.models import DefinitionVersion, FormDefinition
from nenrin.engines.forms.selectors import definition_of

from ..codes import hash_of_code
from ..interviews.guide import Guide, guide_for
from ..interviews.interview import FACTS, QUESTIONS, Interview
from ..interviews.shipped import facts_form, handed_on, interviews
from ..models import OpenedForm, Preparation
from ..sealing import unseal
from ..services.keep_preparation import PURPOSE


def open_preparations() -> QuerySet[Preparation]:
    """Those neither finished nor past their time, of interviews that are still offered."""
    return Preparation.objects.filter(
        expires_at__gt=timezone.now(), finished_at=None, interview__in=interviews()
    )


def preparation_with_code(typed: str) -> Preparation | None:
    """The open one whose code was typed or scanned."""
    return open_preparations().filter(code_hash=hash_of_code(PURPOSE, typed)).first()


def open_preparation(pk: UUID) -> Preparation | None:
    """An open one by its key."""
    return open_preparations().select_related("person__household").filter(pk=pk).first()


def interview_of(preparation: Preparation) -> Interview:
    """The interview that was held, of an open preparation."""
    return interviews()[preparation.interview]


def answers_of(preparation: Preparation, part: str) -> dict[str, Any]:
    """What was answered (``questions``) or written (``facts``)."""
    return dict(unseal(preparation.pk, preparation.sealed).get(part, {}))


def guide_of(preparation: Preparation) -> Guide:
    """What applies, with the forms in force in this town."""
    interview = interview_of(preparation)
    slugs = [one.slug for one in interview.procedures]
    return guide_for(
        interview, answers_of(preparation, QUESTIONS), _in_force(slugs), timezone.localdate()
    )


def _in_force(slugs: list[str]) -> dict[str, Definition]:
    forms = FormDefinition.objects.filter(is_open=True, slug__in=slugs)
    newest = (
        DefinitionVersion.objects.filter(form__in=forms)
        .order_by("form_id", "-number")
        .distinct("form_id")
        .defer("content", "report", "changes")
    )
    found = (definition_of(version) for version in newest)
    return {definition.slug: definition for definition in found}


def facts_for_form(application: UUID, definition: Definition) -> Mapping[str, Any]:
    """By question name, what the person wrote before; empty for forms begun elsewhere."""
    form = OpenedForm.objects.select_related("preparation").filter(application=application).first()
    if form is None or form.preparation.interview not in interviews():
        return {}
    facts = answers_of(form.preparation, FACTS)
    asked = {q.name: q for _, q in facts_form(form.preparation.interview).questions()}
    by_key = {asked[n].prefill: v for n, v in facts.items() if n in asked and asked[n].prefill}
    handed = handed_on().get(definition.slug, {})
    found: dict[str, Any] = {}
    for _, question in definition.questions():
        if question.prefill in by_key:
            found[question.name] = by_key[question.prefill]
        elif handed.get(question.name) in facts:
            found[question.name] = facts[handed[question.name]]
    return found
