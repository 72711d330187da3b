"""The desk's door to a case or an application: those of one's section, or typed by oneself."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from nenrin.core.organization.models import StaffMember
from nenrin.engines.casework.models import Case
from nenrin.engines.casework.selectors import handled_by
from nenrin.residents.procedures.applicant.access import may_handle
from nenrin.residents.procedures.models import Application
from nenrin.residents.procedures.selectors import stages_sent


def member_of(request: HttpRequest) -> StaffMember:
    """The member of staff whom `staff_required` let in."""
    return request.staff  # type: ignore[attr-defined,no-any-return]


def case_of(request: HttpRequest, case: int) -> tuple[Case, list[Application]]:
    """A case with what was sent for it, stage by stage. Raises Http404."""
    found = get_object_or_404(handled_by(member_of(request)), pk=case)
    sent = stages_sent(found)
    if not sent:
        raise Http404
    return found, sent


def application_of(request: HttpRequest, application: UUID) -> Application:
    """An application that this desk may type into. Raises Http404."""
    rows = Application.objects.select_related("version", "case", "person__household")
    found = get_object_or_404(rows, pk=application)
    if not may_handle(member_of(request), found):
        raise Http404
    return found
