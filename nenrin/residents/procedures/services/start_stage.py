"""The next paper of a case of several stages: asked for after a decision, then begun."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.engines.casework.models import Case, CaseState
from nenrin.engines.casework.services.go_on import NextStage, ask_for_next
from nenrin.engines.forms.definition import Stage
from nenrin.engines.forms.models import DefinitionVersion
from nenrin.engines.forms.selectors import definition_of, newest_of

from ..locking import ApplicationRefused, lock
from ..models import Application, Identity, Mouth


def stages_of(application: Application) -> tuple[Stage, ...]:
    """What follows the first application of this one's case."""
    first = application.follows or application
    return definition_of(first.version).stages


def next_form(application: Application) -> tuple[Stage, DefinitionVersion] | None:
    """What comes after this application's stage; None after the last.

    Raises ApplicationRefused where the town has not published the form.
    """
    following = stages_of(application)[application.stage - 1 : application.stage]
    if not following:
        return None
    version = newest_of(following[0].form)
    if version is None:
        raise ApplicationRefused(
            f"次の段階「{following[0].title}」の様式が、まだ公開されていません。"
            "様式を公開してから決定してください。"
        )
    return following[0], version


def ask_for_stage(*, application: Application, case: Case, acting_user: str) -> Stage | None:
    """Open the case for its next stage, in the caller's transaction; None after the last."""
    found = next_form(application)
    if found is None:
        return None
    days = found[0].due_days
    due = None if days is None else timezone.localdate() + timedelta(days=days)
    ask_for_next(case=case, stage=NextStage(found[0].title, due), acting_user=acting_user)
    return found[0]


@transaction.atomic
def start_stage(
    *, first: Application, mouth: Mouth, identity: Identity, acting_user: str
) -> Application:
    """The draft of the stage that the case waits for; begun twice it is the same one.

    It is of whoever sent the first. Raises ApplicationRefused where the case waits for nothing.
    """
    found = lock(first)
    case = found.case
    if case is None or case.state != CaseState.NEXT or found.follows_id:
        raise ApplicationRefused("いま、この案件で次に出すものはありません。")
    begun = Application.objects.filter(follows=found, stage=case.stage).first()
    if begun:
        return begun
    last = Application.objects.filter(case=case).order_by("-stage")[0]
    following = next_form(last)
    if following is None:
        raise ApplicationRefused("いま、この案件で次に出すものはありません。")
    made = Application.objects.create(
        version=following[1],
        follows=found,
        stage=case.stage,
        mouth=mouth,
        typed_by=acting_user,
        identity=identity,
        user=found.user,
        person=found.person,
        household=found.household,
    )
    record_act(
        actor=acting_user,
        action="procedures.start",
        subject=f"application:{made.pk}",
        detail={"form": following[0].form, "mouth": mouth, "stage": made.stage},
    )
    return made
