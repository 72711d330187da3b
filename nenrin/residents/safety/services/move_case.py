"""Move a case on: someone goes, something is noted, it is done, or it opens again."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.events.bus import announce

from ..events import HelpCaseClosed
from ..models import CaseState, CaseStep, HelpCase

NOTE_LENGTH, NAME_LENGTH = 400, 80


class MoveRefused(Exception):
    """The case cannot move so; the text says what to do, in Japanese."""


@transaction.atomic
def move_case(
    *, case: HelpCase, state: str, responder: str = "", note: str = "", acting_user: str
) -> CaseStep:
    """Bring a case to ``state`` and keep the step; the same state again only adds a note.

    Raises MoveRefused where nobody is named who goes, a finished case moves, or the note or name
    is too long.
    """
    case = HelpCase.objects.select_for_update(of=["self"]).get(pk=case.pk)
    responder, note = responder.strip(), note.strip()
    _check(case, state, responder, note)
    case.state, case.changed_at = state, timezone.now()
    case.responder = "" if state == CaseState.NEW else (responder or case.responder)
    case.save(update_fields=["state", "responder", "changed_at"])
    step = CaseStep.objects.create(
        case=case,
        state=state,
        responder=case.responder,
        note=note,
        made_by=acting_user,
        made_at=case.changed_at,
    )
    if state == CaseState.DONE:
        _announce_closed(case)
    record_act(
        actor=acting_user,
        action="safety.move_case",
        subject=f"message:{case.message_id}",
        detail={"case": case.pk, "state": state},
    )
    return step


def _check(case: HelpCase, state: str, responder: str, note: str) -> None:
    if state not in CaseState.values:
        raise MoveRefused("「向かう」「済み」などのボタンで選んでください。")
    if case.state == CaseState.DONE:
        raise MoveRefused("この助けはもう済んでいます。続きがあれば、新しい記録にしてください。")
    if state == CaseState.GOING and not (responder or case.responder):
        raise MoveRefused("だれが向かうかを書いてください。")
    if state == CaseState.DONE and not note:
        raise MoveRefused("どうなったかをメモに書いてください（例: 避難所へ送った）。")
    if state == case.state and not note and responder in ("", case.responder):
        raise MoveRefused("メモを書いてください。")
    if len(note) > NOTE_LENGTH or len(responder) > NAME_LENGTH:
        raise MoveRefused(f"メモは{NOTE_LENGTH}文字、名前は{NAME_LENGTH}文字までです。")


def _announce_closed(case: HelpCase) -> None:
    announce(
        HelpCaseClosed(
            case=case.pk,
            message=str(case.message_id),
            household=case.household_id,
            is_drill=case.message.is_drill,
        )
    )
