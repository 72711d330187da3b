"""Send an application: a number at once, one case, whatever is tapped twice or cut off."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.engines.casework.models import Case, CaseState
from nenrin.engines.casework.services.ask_back import take_mended
from nenrin.engines.casework.services.open_case import Opening, open_case
from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.evaluation.evaluate import evaluate
from nenrin.engines.forms.evaluation.result import Evaluation
from nenrin.engines.forms.selectors import definition_of

from ..checks import checks_for
from ..locking import ApplicationRefused, lock
from ..models import Application, ApplicationRevision
from ..sections import section_for
from ..telling import tell
from .book_slots import book_slots


@transaction.atomic
def submit_application(*, application: Application, submission: UUID, acting_user: str) -> Case:
    """Send a draft, or what was to be mended; returns its case.

    ``submission`` is the sending page's own: the same one again changes nothing and gives the same
    case. Raises ApplicationRefused where something is missing, wrong, or not to be sent now.
    """
    found = lock(application)
    if found.revisions.filter(submission=submission).exists() and found.case:
        return found.case
    definition = definition_of(found.version)
    if found.case is None:
        return _send(found, definition, submission, acting_user)
    if found.case.state == CaseState.ASKED:
        return _send_again(found, definition, submission, acting_user)
    if found.revisions.count() == 1:
        # The first answer was lost on its way and the page was made anew: nothing is sent twice.
        return found.case
    raise ApplicationRefused("この申請はもう送られています。")


def _send(
    application: Application, definition: Definition, submission: UUID, acting_user: str
) -> Case:
    state = _checked(application, definition)
    book_slots(application=application, definition=definition, state=state, acting_user=acting_user)
    application.fee = asdict(state.fee) if state.fee else None
    _keep(application, submission, acting_user, number=1)
    record_act(
        actor=acting_user,
        action="procedures.submit",
        subject=f"application:{application.pk}",
        detail={"form": definition.slug, "mouth": application.mouth},
    )
    opening = Opening(
        kind=definition.slug,
        title=definition.title,
        section=section_for(definition.owner),
        household=application.household,
        person=application.person,
        working_days=definition.working_days,
        checks=checks_for(application, definition, state),
        details={"mouth": application.mouth},
    )
    application.case = open_case(opening=opening, acting_user=acting_user)
    application.sent_at = timezone.now()
    application.save(update_fields=["case", "fee", "sent_at", "changed_at"])
    tell(application=application, turn="received", acting_user=acting_user)
    return application.case


def _send_again(
    application: Application, definition: Definition, submission: UUID, acting_user: str
) -> Case:
    state = _checked(application, definition)
    book_slots(application=application, definition=definition, state=state, acting_user=acting_user)
    last = application.revisions.order_by("-number").first()
    before: Mapping[str, Any] = last.answers if last else {}
    names = application.answers.keys() | before.keys()
    changed = sorted(n for n in names if application.answers.get(n) != before.get(n))
    _keep(application, submission, acting_user, number=last.number + 1 if last else 1)
    take_mended(case=application.sent_case, details={"changed": changed}, acting_user=acting_user)
    application.open_fields = []
    application.save(update_fields=["open_fields", "changed_at"])
    return application.sent_case


def _checked(application: Application, definition: Definition) -> Evaluation:
    state = evaluate(definition, application.answers, today=timezone.localdate())
    if state.blocks:
        raise ApplicationRefused(state.blocks[0].message)
    if not state.may_be_sent:
        raise ApplicationRefused(
            "まだ書いていないところがあります。赤い印のところを直してください。"
        )
    return state


def _keep(application: Application, submission: UUID, acting_user: str, number: int) -> None:
    ApplicationRevision.objects.create(
        application=application,
        submission=submission,
        number=number,
        answers=application.answers,
        sent_by=acting_user,
        sent_at=timezone.now(),
    )
