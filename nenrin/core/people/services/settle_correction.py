"""The counter answers a request to correct the register."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act

from ..models import CorrectionRequest
from .request_correction import CorrectionRefused


@transaction.atomic
def settle_correction(
    *, request: CorrectionRequest, outcome: str, answer: str, acting_user: str
) -> None:
    """Answer once; the correction itself comes with the resident system's next file.

    Raises CorrectionRefused for one that is answered, or a refusal without a reason.
    """
    if outcome not in (CorrectionRequest.Outcome.DONE, CorrectionRequest.Outcome.DECLINED):
        raise CorrectionRefused("「直しました」か「直せませんでした」を選んでください。")
    if outcome == CorrectionRequest.Outcome.DECLINED and not answer.strip():
        raise CorrectionRefused("直せないわけを書いてください。本人に見えます。")
    waiting = CorrectionRequest.objects.filter(pk=request.pk, outcome="")
    settled = waiting.update(
        outcome=outcome,
        answer=answer.strip()[:400],
        settled_at=timezone.now(),
        settled_by=acting_user,
    )
    if not settled:
        raise CorrectionRefused("ほかの職員がもう返事をしました。")
    record_act(
        actor=acting_user,
        action="people.settle_correction",
        subject=f"person:{request.person_id}",
        detail={"request": request.pk, "outcome": outcome},
    )
