"""補正: ask the applicant to mend something, and take it back mended."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..models import Case, CaseEvent, CaseState
from ..moves import locked, need_words, write_down
from ..rules import add_business_days, business_days_between


@transaction.atomic
def ask_back(*, case: Case, words: str, details: Mapping[str, Any], acting_user: str) -> CaseEvent:
    """Ask; the clock stands still until it comes back. Raises CaseRefused."""
    found = locked(case, (CaseState.RECEIVED, CaseState.REVIEW))
    plain = need_words(words, "どう直すか")
    found.state, found.asked_on = CaseState.ASKED, timezone.localdate()
    found.save(update_fields=["state", "asked_on"])
    return write_down(
        found, CaseEvent.Kind.ASKED, acting_user, words=plain, details=details, action="ask_back"
    )


@transaction.atomic
def take_mended(*, case: Case, details: Mapping[str, Any], acting_user: str) -> CaseEvent:
    """It came back mended: go on, and add the days that were waited. Raises CaseRefused."""
    found = locked(case, (CaseState.ASKED,))
    if found.deadline and found.asked_on:
        waited = business_days_between(found.asked_on, timezone.localdate())
        found.deadline = add_business_days(found.deadline, waited)
    found.state, found.asked_on = CaseState.REVIEW, None
    found.save(update_fields=["state", "asked_on", "deadline"])
    return write_down(found, CaseEvent.Kind.MENDED, acting_user, details=details, action="mend")
