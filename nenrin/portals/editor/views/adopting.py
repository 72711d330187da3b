"""One procedure as one file: given to another town, and taken from one."""

from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.organization.access import staff_required
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import current_town_code
from nenrin.engines.forms.definition_file import LARGEST
from nenrin.engines.forms.drafting.adoption import OWN, Adoption, adopt
from nenrin.engines.forms.drafting.town_file import TownFile, read_town_file, write_town_file
from nenrin.engines.forms.faults import DefinitionRefused, Fault
from nenrin.engines.forms.models import DefinitionDraft, DefinitionVersion
from nenrin.engines.forms.selectors import definition_of, newest_of
from nenrin.engines.forms.services.change_draft import DraftMoved
from nenrin.engines.forms.services.start_draft import DraftRefused, Origin, start_draft
from nenrin.engines.forms.services.tick_adopted import tick_adopted
from nenrin.engines.forms.simulation.examples import ENDINGS, fee_words
from nenrin.engines.forms.simulation.simulate import simulate
from nenrin.engines.forms.versions.differences import differences

from ..door import moved_words, on_draft, posted_revision
from ..forms.beginning import FileForm
from ..rows import outline


@require_GET
@staff_required
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """The published version as a file; who took it is written down."""
    version = newest_of(slug)
    if version is None:
        raise Http404
    town = Town.objects.get(pk=current_town_code())
    day = timezone.localdate(version.published_at)
    text = write_town_file(definition_of(version), town.name, version.number, day)
    record_act(
        actor=str(request.user),
        action="procedures.export",
        subject=f"form:{slug}",
        detail={"number": version.number},
    )
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    name = f"{slug}_{town.name}_第{version.number}版.yaml"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@staff_required
def take_in(request: HttpRequest) -> HttpResponse:
    """Look at a file first; the second press makes a draft of it."""
    text = request.POST.get("text", "")
    form = FileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "menu_entry": "editor_list"}
    if request.method != "POST":
        return render(request, "editor/import.html", context)
    if not text:
        if not form.is_valid():
            return render(request, "editor/import.html", context, status=400)
        text, wrong = _text_of(form.cleaned_data["file"])
        if wrong:
            form.add_error("file", wrong)
            return render(request, "editor/import.html", context, status=400)
    try:
        found = read_town_file(text)
    except DefinitionRefused as refusal:
        context["faults"] = refusal.faults
        return render(request, "editor/import.html", context, status=422)
    return _look_or_take(request, text, found, context)


def _text_of(upload: Any) -> tuple[str, str]:
    if upload.size > LARGEST:
        return "", "大きすぎます。手続きのファイル（.yaml）を選んでください。"
    try:
        return upload.read().decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return "", "文字が読めません。手続きのファイル（.yaml、UTF-8）を選んでください。"


def _look_or_take(
    request: HttpRequest, text: str, found: TownFile, context: dict[str, Any]
) -> HttpResponse:
    last = newest_of(found.definition.slug)
    own = definition_of(last) if last else None
    adoption = adopt(found.definition, own)
    if request.POST.get("act") == "take":
        try:
            return _take(request, found, adoption, last)
        except DraftRefused as refusal:
            context["faults"] = [Fault("この町", str(refusal))]
    tried = simulate(found.definition, today=timezone.localdate())
    context |= {
        "found": found,
        "text": text,
        "pages": outline(adoption.content),
        "to_check": [OWN[key] for key in adoption.to_check],
        "tried": tried,
        "own": own,
        "changes": differences(own, found.definition) if own else (),
        "examples": [
            (one.name, ENDINGS[one.expected.ends], fee_words(one.expected.fee))
            for one in found.definition.examples
        ],
    }
    return render(
        request, "editor/import_look.html", context, status=422 if context.get("faults") else 200
    )


def _take(
    request: HttpRequest, found: TownFile, adoption: Adoption, last: DefinitionVersion | None
) -> HttpResponse:
    draft = start_draft(
        content=adoption.content,
        origin=Origin(
            based_on=last,
            came_from=found.town or "ファイル",
            to_check=adoption.to_check,
        ),
        acting_user=str(request.user),
    )
    notes.success(
        request, "書きかけとして取り込みました。下の「確かめること」を一つずつ見てください。"
    )
    return redirect("editor_home", slug=draft.slug)


@require_POST
@on_draft
def tick(request: HttpRequest, draft: DefinitionDraft) -> HttpResponse:
    """One of the things that came from elsewhere was looked at."""
    try:
        tick_adopted(
            draft=draft,
            revision=posted_revision(request),
            key=request.POST.get("key", ""),
            acting_user=str(request.user),
        )
    except DraftMoved as moved:
        notes.error(request, moved_words(moved))
    return redirect("editor_home", slug=draft.slug)
