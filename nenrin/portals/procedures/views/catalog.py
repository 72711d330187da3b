"""Finding a procedure, reading what it asks of one, and beginning it."""

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_GET, require_POST

from nenrin.core.accounts.models import User
from nenrin.core.limits.decorators import client_address, limited
from nenrin.core.limits.limit import Limit
from nenrin.core.printing.fonts import NoJapaneseFont
from nenrin.engines.forms.models import DefinitionVersion
from nenrin.engines.forms.selectors import definition_of, newest_version
from nenrin.engines.measures.models import Goal
from nenrin.portals.procedures.door import visitor
from nenrin.residents.procedures.applicant.access import (
    IN_SESSION,
    needs_sign_in,
    remember,
    shown_code,
)
from nenrin.residents.procedures.applicant.standing import standing_of
from nenrin.residents.procedures.guide import (
    ENDINGS,
    IDENTITIES,
    PAY_WORDS,
    Entry,
    by_group,
    find_procedures,
    open_procedures,
    scoreboard,
)
from nenrin.residents.procedures.guide_sheet import guide_sheet
from nenrin.residents.procedures.models import Mouth
from nenrin.residents.procedures.selectors import applications_of
from nenrin.residents.procedures.services.drafts.start_application import (
    Starter,
    StartRefused,
    start_application,
)

LONGEST = 60
SHEETS = Limit("guide_sheet", 60, 3600)
GAUGE = "online-procedures"
STARTS = Limit("start_application", 40, 3600)
CODES = "application_codes"


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every procedure by life event, or those that an everyday word finds."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    found = find_procedures(words) if words else []
    groups = [] if words else by_group(open_procedures())
    context = {"q": words, "found": found, "groups": groups, "tab": "procedures"}
    return render(request, "procedures/list.html", context)


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One procedure: what it costs, what to bring, how long it takes, and the button."""
    version = _version(slug)
    definition = definition_of(version)
    user_id = request.user.pk if request.user.is_authenticated else None
    drafts = applications_of(user_id, request.session.get(IN_SESSION, []))
    context = {
        "entry": Entry(definition),
        "definition": definition,
        "identity": IDENTITIES[definition.identity],
        "pay": PAY_WORDS[definition.fee.pay] if definition.fee else "",
        "fees": _fees(version),
        "files": [q for q in definition.attachments],
        "draft": drafts.filter(case=None, version__form__slug=slug).first(),
        "must_sign_in": needs_sign_in(definition, standing_of(request, definition).identity),
        "is_signed_in": request.user.is_authenticated,
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
        "tab": "procedures",
    }
    return render(request, "procedures/page.html", context)


@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """How far everything goes from home, and what stands in the way of each that does not."""
    board = scoreboard()
    goal = Goal.objects.filter(gauge=GAUGE).first()
    groups = [(label, board.ending(ending)) for ending, label in ENDINGS.items()]
    context = {
        "board": board,
        "goal": goal,
        "target": goal.target if goal else None,
        "groups": groups,
        "tab": "procedures",
    }
    return render(request, "procedures/progress.html", context)


@require_GET
@limited(SHEETS, by=client_address)
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """The guide sheet, made anew from the version in force."""
    version = _version(slug)
    try:
        pdf = guide_sheet(definition_of(version), version.published_at)
    except NoJapaneseFont as error:
        raise Http404("日本語の書体がないため、案内の紙を作れません。") from error
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"案内_{slug}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response


@require_POST
@limited(STARTS, by=client_address)
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a draft; who is not signed in gets the code to come back with."""
    version = _version(slug)
    person, actor = visitor(request)
    user = request.user if person and isinstance(request.user, User) else None
    standing = standing_of(request, definition_of(version))
    starter = Starter(
        mouth=Mouth.PHONE,
        identity=standing.identity,
        user=user,
        person=person,
        household=person.household if person else None,
    )
    try:
        application, code = start_application(version=version, starter=starter, acting_user=actor)
    except StartRefused as refusal:
        notes.error(request, str(refusal))
        return redirect("procedure", slug=slug)
    if not code:
        first = definition_of(version).pages[0].name
        return redirect("application_section", application=application.pk, section=first)
    remember(request, application)
    known = request.session.get(CODES, {})
    request.session[CODES] = known | {str(application.pk): shown_code(code)}
    return redirect("application", application=application.pk)


def _version(slug: str) -> DefinitionVersion:
    found = newest_version(slug)
    if found is None:
        raise Http404
    return found


def _fees(version: DefinitionVersion) -> list[tuple[str, str, str, bool]]:
    """Name, amount, article and whether it is an example, for each rule."""
    fee = definition_of(version).fee
    return [
        (rule.name, _amount(rule.amount), rule.article, rule.is_example)
        for rule in (fee.rules if fee else ())
    ]


def _amount(amount: int | str | None) -> str:
    if isinstance(amount, int):
        return f"{amount:,}円" if amount else "無料"
    return "あとでお知らせします" if amount is None else "答えで決まります（送る前に出ます）"
