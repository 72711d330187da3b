"""What stands at the top of a procedure: for residents, for the office, and what is told."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nenrin.engines.forms.drafting.content import change_rows, change_top
from nenrin.engines.forms.models import DefinitionDraft
from nenrin.residents.procedures.guide import by_group, open_procedures

from ..door import on_draft, save_form
from ..forms.overview import BasicsForm, OfficeForm, OverviewForm, basics_initial
from ..forms.rules import NoticesForm
from ..frame import draw


@require_http_methods(["GET", "POST"])
@on_draft
def basics(request: HttpRequest, draft: DefinitionDraft) -> HttpResponse:
    """Name, words, belongings, the guide sheet."""
    form = BasicsForm(request.POST or None, initial=basics_initial(draft.content))
    if _is_saved(request, draft, form, "basics"):
        return redirect("editor_home", slug=draft.slug)
    groups = [group for group, _ in by_group(open_procedures())]
    context = {"form": form, "heading": "町民への案内", "groups": groups}
    return draw(request, draft, "form.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
@on_draft
def office(request: HttpRequest, draft: DefinitionDraft) -> HttpResponse:
    """Who handles and decides it, on what ground, how sure of the person."""
    form = OfficeForm(request.POST or None, content=draft.content)
    if _is_saved(request, draft, form, "office"):
        return redirect("editor_home", slug=draft.slug)
    context = {"form": form, "heading": "役場のきまり"}
    return draw(request, draft, "form.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
@on_draft
def notices(request: HttpRequest, draft: DefinitionDraft) -> HttpResponse:
    """What the applicant hears, turn by turn."""
    form = NoticesForm(request.POST or None, content=draft.content)
    if form.is_bound and form.is_valid():
        change = change_rows("notices", form.notices())
        if save_form(request, draft, form, change, "notices"):
            return redirect("editor_home", slug=draft.slug)
    return draw(request, draft, "notices.html", {"form": form}, status=_status(form))


def _is_saved(request: HttpRequest, draft: DefinitionDraft, form: OverviewForm, what: str) -> bool:
    is_good = form.is_bound and form.is_valid()
    return is_good and save_form(request, draft, form, change_top(form.values()), what)


def _status(form: Form) -> int:
    return 400 if form.errors else 200
