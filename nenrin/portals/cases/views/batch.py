"""What is done with several cases of the queue at once."""

from collections.abc import Callable

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from nenrin.core.organization.access import staff_required
from nenrin.core.organization.models import StaffMember
from nenrin.engines.casework.models import Case
from nenrin.engines.casework.moves import CaseRefused
from nenrin.engines.casework.selectors import hand_offs_seen_by, handled_by
from nenrin.engines.casework.services.assign_case import assign_case
from nenrin.engines.casework.services.hand_off import AlreadyHandedOff, hand_off
from nenrin.engines.casework.services.note_arrival import note_arrival
from nenrin.engines.casework.services.start_review import start_review
from nenrin.residents.procedures.locking import ApplicationRefused
from nenrin.residents.procedures.selectors import applications_of_cases
from nenrin.residents.procedures.services.ready_to_collect import ready_to_collect

from ..door import member_of
from ..hand_over import FORMS, as_file

MOST_AT_ONCE, SHOWN = 200, 100
Act = Callable[[HttpRequest, Case], None]


@require_POST
@staff_required
def act(request: HttpRequest) -> HttpResponse:
    """One act on every case chosen; what refuses is told by its number, the others go on."""
    chosen = [int(pk) for pk in request.POST.getlist("case")[:MOST_AT_ONCE] if pk.isdecimal()]
    cases = list(handled_by(member_of(request)).filter(pk__in=chosen).order_by("pk"))
    if not cases:
        notes.error(request, "案件を選んでから押してください。")
        return redirect("staff_cases")
    wanted = request.POST.get("act", "")
    if wanted in FORMS:
        return _hand_off(request, cases, wanted)
    if wanted not in ACTS:
        notes.error(request, "することを選んでください。")
        return redirect("staff_cases")
    done = sum(_try(request, case, ACTS[wanted]) for case in cases)
    if done:
        notes.success(request, f"{done}件を変えました。")
    return redirect("staff_cases")


@require_GET
@staff_required
def handed(request: HttpRequest) -> HttpResponse:
    """What left for other systems, the newest first."""
    found = hand_offs_seen_by(member_of(request))[:SHOWN]
    context = {"hand_offs": found, "forms": FORMS, "menu_entry": "staff_cases"}
    return render(request, "cases/handed.html", context)


def _try(request: HttpRequest, case: Case, step: Act) -> bool:
    try:
        step(request, case)
    except (ApplicationRefused, CaseRefused) as refusal:
        notes.error(request, f"{case.number}: {refusal}")
        return False
    return True


def _take(request: HttpRequest, case: Case) -> None:
    _give(request, case, member_of(request))


def _assign(request: HttpRequest, case: Case) -> None:
    member = request.POST.get("member", "")
    if not member.isdecimal():
        raise CaseRefused("担当にする人を選んでください。")
    active = StaffMember.objects.filter(user__is_active=True).select_related("section")
    _give(request, case, get_object_or_404(active, pk=member))


def _give(request: HttpRequest, case: Case, member: StaffMember) -> None:
    assign_case(
        case=case,
        section=case.section or member.section,
        assignee=member,
        acting_user=str(request.user),
    )


def _review(request: HttpRequest, case: Case) -> None:
    start_review(case=case, acting_user=str(request.user))


def _arrive(request: HttpRequest, case: Case) -> None:
    words = request.POST.get("words", "")
    note_arrival(case=case, words=words, acting_user=str(request.user))


def _collect(request: HttpRequest, case: Case) -> None:
    ready_to_collect(
        application=applications_of_cases([case])[case.pk],
        way=request.POST.get("way", ""),
        words=request.POST.get("words", ""),
        acting_user=str(request.user),
    )


ACTS: dict[str, Act] = {
    "mine": _take,
    "assign": _assign,
    "review": _review,
    "arrive": _arrive,
    "collect": _collect,
}


def _hand_off(request: HttpRequest, cases: list[Case], form: str) -> HttpResponse:
    applications = applications_of_cases(cases)
    cases = [case for case in cases if case.pk in applications]
    again = bool(request.POST.get("again"))
    actor = str(request.user)
    try:
        hand_off(cases=cases, form=FORMS[form], acting_user=actor, again=again)
    except AlreadyHandedOff as before:
        context = {
            "before": before,
            "cases": cases,
            "new": [case for case in cases if case.pk not in before.cases],
            "form": form,
            "form_label": FORMS[form],
            "menu_entry": "staff_cases",
        }
        return render(request, "cases/again.html", context, status=409)
    return as_file(form, [(case, applications[case.pk]) for case in cases])
