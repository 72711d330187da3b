"""The queue: what waits, how old it is, and what is done with several at once."""

from collections.abc import Callable

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from nenrin.core.organization.access import staff_required
from nenrin.core.organization.models import Section
from nenrin.engines.casework.models import Case, CaseState
from nenrin.engines.casework.moves import CaseRefused
from nenrin.engines.casework.selectors import handled_by, late_count, queue_row, waiting
from nenrin.engines.casework.services.assign_case import assign_case
from nenrin.engines.casework.services.hand_off import hand_off
from nenrin.engines.casework.services.start_review import start_review
from nenrin.residents.procedures.models import Application
from nenrin.residents.procedures.names import applicant_name
from nenrin.residents.procedures.selectors import applications_of_cases

from ..door import member_of
from ..hand_over import as_csv, as_json

PER_PAGE, MOST_AT_ONCE = 30, 200
VIEWS = {
    "waiting": "待っているもの",
    "mine": "わたしの担当",
    "late": "期限を過ぎたもの",
    "asked": "直しを待っているもの",
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
        "late": late_count(cases, today),
        "views": VIEWS.items(),
        "view": view,
        "sections": Section.objects.filter(pk__in=cases.values("section")),
        "section": int(section) if section.isdecimal() else None,
        "kinds": dict(cases.values_list("kind", "title").order_by("title").distinct()).items(),
        "kind": request.GET.get("kind", ""),
        "number": request.GET.get("number", ""),
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
        return found.filter(deadline__lt=timezone.localdate()).exclude(state=CaseState.ASKED)
    if view == "asked":
        return found.filter(state=CaseState.ASKED)
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


@require_POST
@staff_required
def batch(request: HttpRequest) -> HttpResponse:
    """One act on every case chosen."""
    chosen = [int(pk) for pk in request.POST.getlist("case")[:MOST_AT_ONCE] if pk.isdecimal()]
    cases = list(handled_by(member_of(request)).filter(pk__in=chosen).order_by("pk"))
    if not cases:
        notes.error(request, "案件を選んでから押してください。")
        return redirect("staff_cases")
    act = request.POST.get("act", "")
    if act in ("csv", "json"):
        return _hand_off(request, cases, act)
    if act not in ACTS:
        notes.error(request, "することを選んでください。")
        return redirect("staff_cases")
    done = sum(_try(request, case, ACTS[act]) for case in cases)
    notes.success(request, f"{done}件を変えました。")
    return redirect("staff_cases")


def _try(request: HttpRequest, case: Case, act: Callable[[HttpRequest, Case], None]) -> bool:
    try:
        act(request, case)
    except CaseRefused as refusal:
        notes.error(request, f"{case.number}: {refusal}")
        return False
    return True


def _take(request: HttpRequest, case: Case) -> None:
    member = member_of(request)
    assign_case(
        case=case,
        section=case.section or member.section,
        assignee=member,
        acting_user=str(request.user),
    )


def _review(request: HttpRequest, case: Case) -> None:
    start_review(case=case, acting_user=str(request.user))


ACTS: dict[str, Callable[[HttpRequest, Case], None]] = {"mine": _take, "review": _review}


def _hand_off(request: HttpRequest, cases: list[Case], form: str) -> HttpResponse:
    applications: dict[int, Application] = applications_of_cases(cases)
    pairs = [(case, applications[case.pk]) for case in cases if case.pk in applications]
    hand_off(cases=cases, form=form.upper(), acting_user=str(request.user))
    return as_csv(pairs) if form == "csv" else as_json(pairs)
