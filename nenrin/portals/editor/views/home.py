"""Every procedure with its state, and one procedure as a whole."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nenrin.core.organization.access import may, staff_required
from nenrin.core.organization.roles import Role
from nenrin.engines.forms.definition_file import write_content
from nenrin.engines.forms.drafting.adoption import OWN
from nenrin.engines.forms.drafting.state import examine
from nenrin.engines.forms.models import DefinitionDraft, DefinitionVersion, FormDefinition
from nenrin.engines.forms.selectors import definition_of
from nenrin.residents.procedures.selectors import drafts_of_form, running_of_form

from ..frame import draw
from ..rows import VIEWS, chosen, outline, procedures


@require_GET
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by a view and by words."""
    rows = procedures()
    view = request.GET.get("view", "")
    words = request.GET.get("q", "").strip()[:60]
    found = chosen(rows, view, words)
    context = {
        "rows": found,
        "total": len(rows),
        "counts": [(key, label, len(chosen(rows, key, ""))) for key, label in VIEWS.items()],
        "view": view,
        "q": words,
    }
    return render(request, "editor/list.html", context)


@require_GET
@staff_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft, page by page; without one what is published, and how to begin."""
    draft = DefinitionDraft.objects.select_related("based_on").filter(slug=slug).first()
    form = FormDefinition.objects.filter(slug=slug).first()
    if draft is None and form is None:
        raise Http404
    may_open = form is not None and may(request, Role.FORMS)
    if draft:
        context = {
            "form": form,
            "may_open": may_open and not draft.content.get("is_stage"),
            "pages": outline(draft.content),
            "faults": examine(draft.content).faults,
            "to_check": [(key, OWN[key]) for key in draft.to_check],
        }
        return draw(request, draft, "home.html", context)
    versions = list(DefinitionVersion.objects.filter(form=form).defer("content", "report"))
    definition = definition_of(versions[0])
    known = {
        "form": form,
        "versions": versions,
        "drafts": drafts_of_form(slug),
        "running": running_of_form(slug),
        "may_open": may_open and not definition.is_stage,
        "menu_entry": "editor_list",
        "definition": definition,
        "pages": outline(write_content(definition)),
    }
    return render(request, "editor/published.html", known)
