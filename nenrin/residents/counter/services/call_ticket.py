"""The clerk's acts on numbers: call the next, call again, done, absent, hand over, bring back."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act

from ..models import Ticket, Window
from ..selectors.queue import waiting_for
from ..telling import tell_who_is_next
from .keep_preparation import CounterRefused

State = Ticket.State


@transaction.atomic
def call_next(*, window: Window, acting_user: str) -> Ticket | None:
    """Call whoever waits longest for this window; None when nobody does.

    Two windows that call at once never get the same number: a row that another one is taking is
    passed over. Raises CounterRefused while somebody is still at the window.
    """
    own = _free(window)
    waiting = waiting_for(own, timezone.localdate())
    found = waiting.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    return _call(found, own, acting_user) if found else None


@transaction.atomic
def call_number(*, window: Window, ticket: UUID, acting_user: str) -> Ticket:
    """Call one number out of turn, or somebody who was absent and came. Raises CounterRefused."""
    own = _free(window)
    return _call(_locked(ticket, (State.WAITING, State.ABSENT)), own, acting_user)


@transaction.atomic
def call_again(*, ticket: UUID, acting_user: str) -> Ticket:
    """Say the number once more. Raises CounterRefused."""
    found = _locked(ticket, (State.CALLED,))
    found.last_called_at, found.calls = timezone.now(), found.calls + 1
    found.save(update_fields=["last_called_at", "calls"])
    _note(found, "call", acting_user)
    return found


@transaction.atomic
def close_ticket(*, ticket: UUID, state: str, acting_user: str) -> Ticket:
    """Done, or nobody came: the window is free again. Raises CounterRefused."""
    if state not in (State.DONE, State.ABSENT):
        raise CounterRefused("「終わり」か「いません」を選んでください。")
    found = _locked(ticket, (State.CALLED,))
    found.state, found.finished_at = state, timezone.now()
    found.save(update_fields=["state", "finished_at"])
    _note(found, state, acting_user)
    return found


@transaction.atomic
def hand_over(*, ticket: UUID, to: Window, acting_user: str) -> Ticket:
    """Send whoever is here to another window, first in its line. Raises CounterRefused."""
    found = _locked(ticket, (State.CALLED,))
    if found.window_id == to.pk or not to.is_open:
        raise CounterRefused("ほかの、開いている窓口を選んでください。")
    found.state, found.wanted_window, found.window = State.WAITING, to, None
    found.save(update_fields=["state", "wanted_window", "window"])
    _note(found, "hand_over", acting_user)
    return found


@transaction.atomic
def cancel_ticket(*, ticket: UUID) -> Ticket:
    """The holder does not wait any more. Raises CounterRefused."""
    found = _locked(ticket, (State.WAITING,))
    found.state, found.finished_at = State.CANCELLED, timezone.now()
    found.save(update_fields=["state", "finished_at"])
    return found


def _free(window: Window) -> Window:
    """The window, locked. Raises CounterRefused while somebody is there."""
    own = Window.objects.select_for_update(no_key=True).get(pk=window.pk)
    if Ticket.objects.filter(window=own, state=State.CALLED).exists():
        raise CounterRefused("いまの番号を「終わり」か「いません」にしてから、次を呼んでください。")
    return own


def _call(found: Ticket, window: Window, acting_user: str) -> Ticket:
    now = timezone.now()
    found.state, found.window, found.wanted_window = State.CALLED, window, None
    found.called_at, found.last_called_at = found.called_at or now, now
    found.calls, found.served_by, found.finished_at = found.calls + 1, acting_user, None
    found.save(
        update_fields=[
            "state", "window", "wanted_window", "called_at", "last_called_at", "calls",
            "served_by", "finished_at",
        ]
    )  # fmt: skip
    _note(found, "call", acting_user)
    tell_who_is_next(service_id=found.service_id, now=now)
    return found


def _locked(ticket: UUID, states: tuple[str, ...]) -> Ticket:
    found = Ticket.objects.select_for_update(no_key=True).get(pk=ticket)
    if found.state not in states:
        raise CounterRefused(
            f"{found.label} は、いま「{found.get_state_display()}」です。画面を開き直してください。"
        )
    return found


def _note(found: Ticket, verb: str, actor: str) -> None:
    record_act(
        actor=actor,
        action=f"counter.ticket_{verb}",
        subject=f"ticket:{found.pk}",
        detail={"label": found.label, "window": found.window_id},
    )
