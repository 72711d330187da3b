"""Take a concern, and close it with what was found."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.people.models import Household

from ..models import Concern


class ConcernRefused(Exception):
    """The concern cannot be moved so; the text says why, in Japanese."""


@transaction.atomic
def take_concern(*, concern_id: int, acting_user: str) -> None:
    """Say that one looks after it; raises ConcernRefused where another does already."""
    concern = Concern.objects.select_for_update().get(pk=concern_id)
    if concern.state != Concern.State.NEW:
        raise ConcernRefused("ほかの職員がもう対応しています。")
    concern.state, concern.taken_by = Concern.State.TAKEN, acting_user
    concern.save(update_fields=["state", "taken_by"])
    _record(concern, "watch.take_concern", acting_user)


@transaction.atomic
def close_concern(*, concern_id: int, note: str, acting_user: str) -> None:
    """Close it with a note; raises ConcernRefused without one, or where it is closed."""
    concern = Concern.objects.select_for_update().get(pk=concern_id)
    if concern.state == Concern.State.CLOSED:
        raise ConcernRefused("もう済んでいます。")
    if not note.strip():
        raise ConcernRefused("ようすを一言書いてください（例: 電話で話せた。元気）。")
    concern.taken_by = concern.taken_by or acting_user
    concern.note = note.strip()[:400]
    _close(concern)
    _record(concern, "watch.close_concern", acting_user)


def close_open_concerns(*, household: Household, kind: str, note: str) -> None:
    """Close what has settled by itself, in the caller's transaction."""
    for concern in Concern.objects.filter(household=household, kind=kind).exclude(
        state=Concern.State.CLOSED
    ):
        concern.note = note
        _close(concern)
        _record(concern, "watch.close_concern", "system")


def _close(concern: Concern) -> None:
    concern.state, concern.closed_at = Concern.State.CLOSED, timezone.now()
    concern.save(update_fields=["state", "closed_at", "note", "taken_by"])


def _record(concern: Concern, action: str, actor: str) -> None:
    record_act(
        actor=actor, action=action, subject=f"concern:{concern.pk}", detail={"kind": concern.kind}
    )
