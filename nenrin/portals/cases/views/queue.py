"""The queue: what waits, and how old it is."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nenrin.core.organization.access import staff_required
from nenrin.core.organization.models import Section, StaffMember
from nenrin.engines.casework.models import Case, CaseState, Collection
from nenrin.engines.casework.selectors import handled_by, late, queue_row, waiting
from nenrin.residents.procedures.applicant.names import applicant_name
from nenrin.residents.procedures.selectors import applications_of_cases

from ..door import member_of

PER_PAGE = 30
VIEWS = {
    "waiting": "待っているもの",
    "mine": "わたしの担当",
    "late": "期限を過ぎたもの",
    "asked": "直しを待っているもの",
    "next": "次の書類を待っているもの",
    "collect": "受け渡しを待っているもの",
    "closed": "済んだもの",
}


@require_GET
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """Cases of the desk, the most urgent first."""
    cases = handled_by(member_of(request))
    view = request.GET.get("view", "waiting")
    found = _narrowed(request, _viewed(request, cases, view))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    today, applications = timezone.localdate(), applications_of_cases(list(page))
    rows = [
        (queue_row(case, today), applications[case.pk], applicant_name(applications[case.pk]))
        for case in page
        if case.pk in applications
    ]
    query = request.GET.copy()
    query.pop("page", None)
    section = request.GET.get("section", "")
    context = {
        "rows": rows,
        "page": page,
        "late": late(cases, today).count(),
        "views": VIEWS.items(),
        "view": view,
        "sections": Section.objects.filter(pk__in=cases.values("section")),
        "section": int(section) if section.isdecimal() else None,
        "kinds": dict(cases.values_list("kind", "title").order_by("title").distinct()).items(),
        "kind": request.GET.get("kind", ""),
        "number": request.GET.get("number", ""),
        "members": StaffMember.objects.filter(user__is_active=True).select_related(
            "user", "section"
        ),
        "ways": Collection.Way.choices,
        "query": f"&{query.urlencode()}",
    }
    response = render(request, "cases/queue.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _viewed(request: HttpRequest, cases: QuerySet[Case], view: str) -> QuerySet[Case]:
    found = waiting(cases)
    if view == "mine":
        return found.filter(assignee=member_of(request))
    if view == "late":
        return late(found, timezone.localdate())
    if view in (CaseState.ASKED, CaseState.NEXT):
        return found.filter(state=view)
    if view == "collect":
        waits = cases.filter(collection__isnull=False, collection__done_at=None)
        return waits.order_by("collection__asked_at")
    if view == "closed":
        return cases.filter(closed_at__isnull=False).order_by("-closed_at")
    return found


def _narrowed(request: HttpRequest, cases: QuerySet[Case]) -> QuerySet[Case]:
    section, kind = request.GET.get("section", ""), request.GET.get("kind", "")
    number = request.GET.get("number", "").strip().rpartition("-")[2]
    wanted = Q()
    if section.isdecimal():
        wanted &= Q(section=int(section))
    if kind:
        wanted &= Q(kind=kind)
    if number.isdecimal():
        wanted &= Q(serial=int(number[-9:]))
    return cases.filter(wanted)
