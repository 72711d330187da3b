"""A household asked for help: open its case, or wake the one it has."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.events.bus import announce
from nenrin.core.messaging.models import AudienceHousehold, Message
from nenrin.core.people.models import Household

from ..events import HelpCaseOpened
from ..models import CaseState, CaseStep, HelpCase

SYSTEM = "町民の回答"


@transaction.atomic
def open_case(*, message: Message, household: Household, acting_user: str = SYSTEM) -> HelpCase:
    """Open a case, or note on the open one that the household asked again."""
    list(
        AudienceHousehold.objects.select_for_update(no_key=True).filter(
            message=message, household=household
        )
    )
    now = timezone.now()
    held = HelpCase.objects.filter(message=message, household=household)
    case = held.exclude(state=CaseState.DONE).first()
    again = case is not None
    if case is None:
        case = HelpCase.objects.create(
            message=message, household=household, opened_at=now, changed_at=now
        )
    CaseStep.objects.create(
        case=case,
        state=case.state,
        responder=case.responder,
        note="もう一度、助けが必要と答えました。" if again else "",
        made_by=acting_user,
        made_at=now,
    )
    announce(
        HelpCaseOpened(
            case=case.pk,
            message=str(message.pk),
            household=household.pk,
            is_drill=message.is_drill,
            again=again,
        )
    )
    record_act(
        actor=acting_user,
        action="safety.open_case",
        subject=f"message:{message.pk}",
        detail={"case": case.pk, "household": household.pk, "again": again},
    )
    return case
