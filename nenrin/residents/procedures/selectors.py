"""Reading applications, and the figure of the plan: how many procedures go online to the end."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from nenrin.core.messaging.models import Delivery
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.people.models import Household
from nenrin.engines.casework.models import OPEN_STATES, Case
from nenrin.engines.forms.evaluation.review import ReviewedSection, review
from nenrin.engines.forms.models import DefinitionVersion
from nenrin.engines.forms.selectors import definition_of, newest_version

from .applicant.access import hash_of_code
from .guide import Entry, open_procedures
from .models import Application, ApplicationFile, ApplicationNotice, Mouth


def applications_of(user_id: int | None, opened_here: list[str]) -> QuerySet[Application]:
    """A visitor's drafts and what they sent, the newest first."""
    every = Application.objects.select_related("version__form", "case")
    mine = every.filter(pk__in=opened_here)
    return (mine | every.filter(user=user_id)).distinct() if user_id else mine


def application_with_code(code: str, number: str) -> Application | None:
    """The application of a code; one that was sent wants its number, too."""
    found = (
        Application.objects.exclude(code_hash="")
        .filter(code_hash=hash_of_code(code))
        .select_related("case")
        .first()
    )
    if found is None or found.case is None:
        return found
    return found if number.strip().upper() == found.case.number else None


def applications_of_cases(cases: list[Case]) -> dict[int, Application]:
    """By case, what was sent for its newest stage."""
    found = Application.objects.filter(case__in=cases).select_related("version")
    return {one.case_id: one for one in found.order_by("stage") if one.case_id}


def stages_sent(case: Case) -> list[Application]:
    """What was sent for a case, stage by stage."""
    rows = Application.objects.filter(case=case).order_by("stage")
    return list(rows.select_related("version__form", "person", "household", "follows__version"))


def sent_answers(application: Application) -> dict[str, Any]:
    """The answers as they were last sent, whatever is being mended meanwhile."""
    last = application.revisions.order_by("-number").first()
    return dict(last.answers if last else application.answers)


def sent_pages(application: Application) -> tuple[ReviewedSection, ...]:
    """What was last sent, in words, as of the day it was sent."""
    day = timezone.localdate(application.sent_at)
    return review(definition_of(application.version), sent_answers(application), today=day)


def drafts_typed_for(household: Household, clerk: str) -> QuerySet[Application]:
    """What this clerk began for a household and has not sent; nobody else's drafts."""
    typed = Application.objects.filter(household=household, case=None, typed_by=clerk)
    return typed.exclude(mouth=Mouth.PHONE).select_related("version__form")


def files_of(case: Case) -> QuerySet[ApplicationFile]:
    """Every file of a case that is still there, by stage and question."""
    rows = ApplicationFile.objects.filter(application__case=case, file__erased_at=None)
    return rows.select_related("file", "application").order_by("application__stage", "pk")


@dataclass(frozen=True)
class Told:
    """A notice, and how far it came: the furthest state of its deliveries, or by post."""

    notice: ApplicationNotice
    deliveries: int
    reached: int

    @property
    def needs_post(self) -> bool:
        """Nothing of the river carries it."""
        return self.notice.message_id is None


def told(application: Application) -> list[Told]:
    """Every notice of an application with what the river says of it."""
    notices = list(application.notices.all())
    rows = Delivery.objects.filter(message__in=[n.message_id for n in notices if n.message_id])
    states = list(rows.values_list("message_id", "state"))
    planned: Counter[UUID | None] = Counter(message for message, _ in states)
    reached: Counter[UUID | None] = Counter(
        message for message, state in states if state >= DeliveryState.DELIVERED
    )
    return [Told(n, planned[n.message_id], reached[n.message_id]) for n in notices]


def online_to_the_end() -> list[Entry]:
    """Published procedures that nobody has to come for."""
    return [entry for entry in open_procedures() if entry.definition.ending == "online"]


def newer_version(application: Application) -> DefinitionVersion | None:
    """The version in force, where the draft was begun on an older one."""
    found = newest_version(definition_of(application.version).slug)
    return found if found and found.pk != application.version_id else None


def drafts_of_form(slug: str) -> int:
    """How many are being written on any version of a form: a new version touches them."""
    return Application.objects.filter(case=None, version__form__slug=slug).count()


def running_of_form(slug: str) -> int:
    """How many cases are open; they keep the version they were sent with."""
    running = Application.objects.filter(version__form__slug=slug, case__isnull=False)
    return running.filter(case__state__in=OPEN_STATES).count()
