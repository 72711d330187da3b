"""Plan a visit, and write down what it brought."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act

from ..models import SupportRequest, SupportVisit


class SupportRefused(Exception):
    """That cannot be done; the text says why, in Japanese."""


@dataclass(frozen=True)
class VisitReport:
    """What a visit brought: minutes, where the trouble lay, the result (a Result), a note."""

    minutes: int
    trouble: str
    result: str
    note: str = ""


@transaction.atomic
def plan_visit(*, request_id: int, visit_at: datetime, visitor: str, acting_user: str) -> None:
    """Say who comes and when (aware). Raises SupportRefused for a time gone by, or a closed one."""
    request = _open(request_id)
    if visit_at <= timezone.now():
        raise SupportRefused("これからの日時を選んでください。")
    if not visitor.strip():
        raise SupportRefused("だれが行くかを書いてください。")
    request.visit_at, request.visitor = visit_at, visitor.strip()[:80]
    request.state = SupportRequest.State.PLANNED
    request.save(update_fields=["visit_at", "visitor", "state"])
    record_act(actor=acting_user, action="support.plan", subject=f"support:{request.pk}")


@transaction.atomic
def report_visit(*, request_id: int, report: VisitReport, acting_user: str) -> SupportVisit:
    """Keep what the visit brought; the request is closed unless somebody goes again."""
    request = _open(request_id)
    visit = SupportVisit.objects.create(
        request=request, visited_at=timezone.now(), visited_by=acting_user, **vars(report)
    )
    is_over = report.result != SupportVisit.Result.AGAIN
    request.state = SupportRequest.State.CLOSED if is_over else SupportRequest.State.NEW
    request.visit_at = None
    request.save(update_fields=["state", "visit_at"])
    record_act(
        actor=acting_user,
        action="support.visit",
        subject=f"support:{request.pk}",
        detail={"result": report.result, "trouble": report.trouble, "minutes": report.minutes},
    )
    return visit


def _open(request_id: int) -> SupportRequest:
    request = SupportRequest.objects.select_for_update().get(pk=request_id)
    if request.state == SupportRequest.State.CLOSED:
        raise SupportRefused("この依頼はもう済んでいます。")
    return request
