"""One case: the answers in words, what to check, and every step of the desk."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as notes
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.organization.access import may, staff_required
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.organization.roles import Role
from nenrin.engines.casework.models import (
    Case,
    CaseEvent,
    CaseState,
    CheckItem,
    Collection,
    Decision,
)
from nenrin.engines.casework.moves import CaseRefused
from nenrin.engines.casework.selectors import queue_row, related_cases
from nenrin.engines.casework.services.assign_case import assign_case
from nenrin.engines.casework.services.collect import hand_over
from nenrin.engines.casework.services.note_arrival import note_arrival
from nenrin.engines.casework.services.start_review import start_review
from nenrin.engines.casework.services.tick_check import tick_check
from nenrin.engines.casework.services.write_words import write_words
from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.evaluation.evaluate import evaluate
from nenrin.engines.forms.selectors import definition_of
from nenrin.residents.procedures.applicant.names import applicant_name
from nenrin.residents.procedures.locking import ApplicationRefused
from nenrin.residents.procedures.models import Application
from nenrin.residents.procedures.selectors import files_of, sent_pages, told
from nenrin.residents.procedures.services.ask_to_mend import ask_to_mend
from nenrin.residents.procedures.services.decide_application import Verdict, decide_application
from nenrin.residents.procedures.services.ready_to_collect import ready_to_collect
from nenrin.residents.procedures.services.set_fee import set_fee
from nenrin.residents.procedures.services.start_stage import stages_of
from nenrin.residents.procedures.services.withdraw_application import withdraw_application
from nenrin.residents.procedures.services.write_words import write_to_applicant

from ..door import case_of, member_of

Act = Callable[[HttpRequest, Case, Application], str]


@require_http_methods(["GET", "POST"])
@staff_required
def page(request: HttpRequest, case: int) -> HttpResponse:
    """The case; a post carries out one step. Looking is written down."""
    found, sent = case_of(request, case)
    application = sent[-1]
    error = ""
    if request.method == "POST":
        error = _act(request, found, application)
        if not error:
            return redirect("staff_case", case=found.pk)
    else:
        record_act(actor=str(request.user), action="casework.look", subject=f"case:{found.number}")
    context = _context(request, found, sent)
    context |= {
        "error": error,
        "typed": request.POST,
        "asked_fields": request.POST.getlist("field"),
    }
    response = render(request, "cases/case.html", context, status=400 if error else 200)
    response["Cache-Control"] = "no-store"
    return response


def _act(request: HttpRequest, case: Case, application: Application) -> str:
    """Carry out what was posted; returns what is wrong, or nothing."""
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return "することを選んでください。"
    try:
        notes.success(request, act(request, case, application))
    except (ApplicationRefused, CaseRefused) as refusal:
        return str(refusal)
    return ""


def _assign(request: HttpRequest, case: Case, application: Application) -> str:
    section, member = request.POST.get("section", ""), request.POST.get("member", "")
    active = StaffMember.objects.filter(user__is_active=True)
    assign_case(
        case=case,
        section=get_object_or_404(Section, pk=section) if section.isdecimal() else None,
        assignee=get_object_or_404(active, pk=member) if member.isdecimal() else None,
        acting_user=str(request.user),
    )
    return "担当を決めました。"


def _review(request: HttpRequest, case: Case, application: Application) -> str:
    start_review(case=case, acting_user=str(request.user))
    return "審査を始めました。"


def _check(request: HttpRequest, case: Case, application: Application) -> str:
    key, is_done = request.POST.get("key", ""), bool(request.POST.get("done"))
    if not case.checks.filter(key=key).exists():
        raise CaseRefused("その確かめは、もうありません。")
    tick_check(case=case, key=key, is_done=is_done, acting_user=str(request.user))
    return "確かめを記しました。"


def _ask(request: HttpRequest, case: Case, application: Application) -> str:
    ask_to_mend(
        application=application,
        fields=request.POST.getlist("field"),
        words=request.POST.get("words", ""),
        acting_user=str(request.user),
    )
    return "直しをお願いしました。選んだ項目だけが、申請した人の画面で開きます。"


def _fee(request: HttpRequest, case: Case, application: Application) -> str:
    if not (may(request, Role.DESK) or may(request, Role.CASHIER)):
        raise CaseRefused("手数料を決めるには、窓口か収納の役割が要ります。")
    typed = request.POST.get("amount", "").strip()
    set_fee(
        application=application,
        amount=int(typed) if typed.isdecimal() and len(typed) < 10 else 0,
        basis=request.POST.get("basis", ""),
        acting_user=str(request.user),
    )
    return "手数料を決めて、申請した人に知らせました。"


def _decide(request: HttpRequest, case: Case, application: Application) -> str:
    verdict = Verdict(
        request.POST.get("outcome", ""),
        request.POST.get("words", ""),
        request.POST.get("grounds", ""),
    )
    decide_application(application=application, verdict=verdict, acting_user=str(request.user))
    return "決定しました。通知書ができ、申請した人に知らせました。"


def _write(request: HttpRequest, case: Case, application: Application) -> str:
    words, actor = request.POST.get("words", ""), str(request.user)
    if request.POST.get("to") == "applicant":
        write_to_applicant(application=application, words=words, acting_user=actor)
        return "申請した人に送りました。"
    write_words(case=case, kind=CaseEvent.Kind.NOTE, words=words, acting_user=actor)
    return "メモを残しました。"


def _arrive(request: HttpRequest, case: Case, application: Application) -> str:
    words = request.POST.get("words", "")
    note_arrival(case=case, words=words, acting_user=str(request.user))
    return "届いたことを記しました。申請した人のページにも出ます。"


def _ready(request: HttpRequest, case: Case, application: Application) -> str:
    way, words = request.POST.get("way", ""), request.POST.get("words", "")
    ready_to_collect(application=application, way=way, words=words, acting_user=str(request.user))
    return "お渡しできることを、申請した人に知らせました。"


def _hand(request: HttpRequest, case: Case, application: Application) -> str:
    hand_over(case=case, words=request.POST.get("words", ""), acting_user=str(request.user))
    return "渡したことを記しました。"


def _withdraw(request: HttpRequest, case: Case, application: Application) -> str:
    words = request.POST.get("words", "").strip()
    if not words:
        raise CaseRefused("だれから、どう聞いたかを書いてください。")
    withdraw_application(application=application, words=words, acting_user=str(request.user))
    return "取り下げを受け付けました。"


ACTS: dict[str, Act] = {
    "assign": _assign,
    "review": _review,
    "check": _check,
    "ask": _ask,
    "decide": _decide,
    "write": _write,
    "arrive": _arrive,
    "ready": _ready,
    "hand": _hand,
    "withdraw": _withdraw,
    "fee": _fee,
}


def _context(request: HttpRequest, case: Case, sent: list[Application]) -> dict[str, Any]:
    application = sent[-1]
    definition = definition_of(application.version)
    mended = case.events.filter(kind=CaseEvent.Kind.MENDED).last()
    active = StaffMember.objects.filter(user__is_active=True).select_related("user")
    return {
        "menu_entry": "staff_cases",
        "case": case,
        "application": application,
        "signatures": application.signatures.all(),
        "definition": definition,
        "name": applicant_name(application),
        "row": queue_row(case, timezone.localdate()),
        "sent": [(one.version.form.title, sent_pages(one)) for one in sent],
        "stages": stages_of(application),
        "changed": mended.details.get("changed", []) if mended else [],
        "files": files_of(case),
        "events": case.events.all(),
        "told": [line for one in sent for line in told(one)],
        "checks": _checks(case),
        "decisions": case.decisions.all(),
        "collection": Collection.objects.filter(case=case).first(),
        "ways": Collection.Way.choices,
        "hand_offs": case.hand_offs.select_related("hand_off").order_by("hand_off__made_at"),
        "related": related_cases(case),
        "sections": Section.objects.all(),
        "members": active.filter(section=case.section or member_of(request).section),
        "questions": _questions(definition, application),
        "outcomes": Decision.Outcome.choices,
        "grounds": "、".join(basis.name for basis in definition.legal_basis),
        "is_desk": may(request, Role.DESK),
        "mend_section": _place(definition, application) if case.state == CaseState.ASKED else "",
    }


def _checks(case: Case) -> QuerySet[CheckItem]:
    """Those of the stage that is looked at now; what was looked at before is in the timeline."""
    prefix = f"{case.stage}."
    every = case.checks.all()
    return every.filter(key__startswith=prefix) if case.stage > 1 else every


def _questions(definition: Definition, application: Application) -> list[tuple[str, str]]:
    """What may be asked to be mended: everything that is visible and not computed."""
    state = evaluate(definition, application.answers, today=timezone.localdate())
    return [
        (question.name, question.label)
        for _, question in definition.questions()
        if question.name in state.visible and not question.compute
    ]


def _place(definition: Definition, application: Application) -> str:
    asked = set(application.open_fields)
    return next((s.name for s, q in definition.questions() if q.name in asked), "")
