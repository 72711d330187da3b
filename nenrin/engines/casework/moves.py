"""What every step of a case does: lock it, see that the step fits, and write it down."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act

from .models import Case, CaseEvent

LONGEST = 4000


class CaseRefused(Exception):
    """The step does not fit; the text says what to do, in Japanese."""


def locked(case: Case, states: Collection[str]) -> Case:
    """The case, locked for the transaction, if it is in one of the states. Raises CaseRefused."""
    found = Case.objects.select_for_update(of=["self"], no_key=True).get(pk=case.pk)
    if found.state not in states:
        raise CaseRefused(
            f"この案件はいま「{found.get_state_display()}」です。ページを開き直してください。"
        )
    return found


def need_words(words: str, what: str) -> str:
    """The words without blanks around them. Raises CaseRefused where there are none or too many."""
    plain = words.strip()
    if not plain:
        raise CaseRefused(f"{what}を書いてください。")
    if len(plain) > LONGEST:
        raise CaseRefused(f"{what}は{LONGEST}文字までです。")
    return plain


def write_down(
    case: Case,
    kind: CaseEvent.Kind,
    acting_user: str,
    *,
    words: str = "",
    details: Mapping[str, Any] | None = None,
    action: str,
) -> CaseEvent:
    """Add to the timeline and to the audit trail; what was written stays out of the latter."""
    event = CaseEvent.objects.create(
        case=case,
        kind=kind,
        words=words,
        details=dict(details or {}),
        made_by=acting_user,
        made_at=timezone.now(),
    )
    record_act(actor=acting_user, action=f"casework.{action}", subject=f"case:{case.number}")
    return event
