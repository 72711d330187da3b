"""Beginning to write: from nothing, as a copy, or from what is published; and throwing it away."""

from copy import deepcopy

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from nenrin.core.organization.access import staff_required
from nenrin.engines.forms.definition_file import write_content
from nenrin.engines.forms.drafting.content import Content, blank
from nenrin.engines.forms.models import DefinitionDraft
from nenrin.engines.forms.selectors import definition_of, newest_of
from nenrin.engines.forms.services.change_draft import DraftMoved
from nenrin.engines.forms.services.discard_draft import discard_draft
from nenrin.engines.forms.services.start_draft import DraftRefused, Origin, start_draft
from nenrin.residents.procedures.guide import open_procedures

from ..door import moved_words, on_draft, posted_revision
from ..forms.beginning import NewForm


@require_http_methods(["GET", "POST"])
@staff_required
def new(request: HttpRequest) -> HttpResponse:
    """Name it, and choose what it is made from."""
    sources = [(e.definition.slug, e.definition.title) for e in open_procedures()]
    form = NewForm(request.POST if request.method == "POST" else None, sources=sources)
    if request.method == "POST" and form.is_valid():
        try:
            draft = start_draft(content=_content(form), acting_user=str(request.user))
        except DraftRefused as refusal:
            form.add_error("slug", str(refusal))
        else:
            notes.success(request, "書きかけを作りました。公開するまで、町民には見えません。")
            return redirect("editor_home", slug=draft.slug)
    context = {"form": form, "menu_entry": "editor_list"}
    return render(request, "editor/new.html", context, status=400 if form.errors else 200)


def _content(form: NewForm) -> Content:
    slug, title = form.cleaned_data["slug"], form.cleaned_data["title"]
    source = newest_of(form.cleaned_data["source"]) if form.cleaned_data["source"] else None
    if source is None:
        return blank(slug, title)
    content = deepcopy(write_content(definition_of(source)))
    content.pop("is_complete", None)
    return {**content, "slug": slug, "title": title}


@require_POST
@staff_required
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is published: the newest version becomes a draft."""
    version = newest_of(slug)
    if version is None:
        raise Http404
    try:
        start_draft(
            content=write_content(definition_of(version)),
            origin=Origin(based_on=version),
            acting_user=str(request.user),
        )
    except DraftRefused as refusal:
        notes.info(request, str(refusal))
    return redirect("editor_home", slug=slug)


@require_POST
@on_draft
def discard(request: HttpRequest, draft: DefinitionDraft) -> HttpResponse:
    """Throw the draft away."""
    try:
        discard_draft(draft=draft, revision=posted_revision(request), acting_user=str(request.user))
    except DraftMoved as moved:
        notes.error(request, moved_words(moved))
        return redirect("editor_home", slug=draft.slug)
    notes.success(request, f"「{draft.title}」の書きかけを捨てました。公開したものはそのままです。")
    return redirect("editor_list")
