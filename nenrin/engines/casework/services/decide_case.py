"""Decide a case.

Seam: an approval route asks its people first and calls this when they have agreed.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from nenrin.core.files.models import StoredFile

from ..models import Case, CaseEvent, CaseState, Decision
from ..moves import CaseRefused, locked, need_words, write_down

Draw = Callable[[Case], StoredFile | None]


@transaction.atomic
def decide_case(
    *, case: Case, outcome: str, words: str, grounds: str, draw: Draw, acting_user: str
) -> Decision:
    """Decide; ``draw`` makes the notice once the case is locked. Raises CaseRefused.

    Every check must be done; what the applicant was asked to mend may still be open.
    """
    found = locked(case, (CaseState.RECEIVED, CaseState.REVIEW, CaseState.ASKED))
    if outcome not in Decision.Outcome.values:
        raise CaseRefused("「認める」か「認めない」を選んでください。")
    open_checks = list(found.checks.filter(done_at=None).values_list("label", flat=True))
    if open_checks:
        raise CaseRefused(f"まだ確かめていないことがあります: {'、'.join(open_checks)}")
    now = timezone.now()
    decision = Decision.objects.create(
        case=found,
        stage=found.stage,
        outcome=outcome,
        words=need_words(words, "決定の文"),
        grounds=need_words(grounds, "理由・根拠"),
        document=draw(found),
        decided_by=acting_user,
        decided_at=now,
    )
    found.state, found.closed_at = CaseState.DECIDED, now
    found.save(update_fields=["state", "closed_at"])
    write_down(
        found,
        CaseEvent.Kind.DECIDED,
        acting_user,
        words=decision.get_outcome_display(),
        details={"outcome": outcome, "stage": found.stage_title},
        action="decide",
    )
    return decision
