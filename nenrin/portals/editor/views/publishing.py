"""Before and at publishing: what the trial found, what changes, whom it touches, and the button."""

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from nenrin.core.organization.access import may, staff_required
from nenrin.core.organization.roles import Role
from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.drafting.state import examine
from nenrin.engines.forms.faults import DefinitionRefused, Fault
from nenrin.engines.forms.models import DefinitionDraft, FormDefinition
from nenrin.engines.forms.selectors import definition_of, newest_of
from nenrin.engines.forms.services.change_draft import DraftMoved
from nenrin.engines.forms.simulation.examples import broken_examples
from nenrin.engines.forms.simulation.findings import WORDS, FindingKind, Simulation
from nenrin.engines.forms.simulation.simulate import simulate
from nenrin.engines.forms.versions.differences import differences
from nenrin.residents.procedures.guide import Entry
from nenrin.residents.procedures.selectors import drafts_of_form, running_of_form
from nenrin.residents.procedures.services.open_procedure import open_procedure
from nenrin.residents.procedures.services.publish_draft import publish_draft, still_wanting

from ..door import moved_words, on_draft, posted_revision
from ..frame import draw

NEXT = {
    FindingKind.UNREACHABLE: "条件を見直すか、いらなければ消してください。",
    FindingKind.DEAD_END: "「受け付けない条件」にわけを足すか、必須をゆるめてください。",
    FindingKind.CONTRADICTION: "同じ人に逆のことを求めています。条件を見直してください。",
    FindingKind.FEE: "手数料のきまりを見直してください。",
    FindingKind.NOTE: "このままでも公開できます。",
}


@require_http_methods(["GET", "POST"])
@on_draft
def check(request: HttpRequest, draft: DefinitionDraft) -> HttpResponse:
    """Everything to look at before publishing; a post publishes."""
    refused: tuple[Fault, ...] = ()
    if request.method == "POST":
        if not may(request, Role.FORMS):
            notes.error(request, f"公開には「{Role.FORMS.label}」の役割が要ります。")
            return redirect("editor_check", slug=draft.slug)
        try:
            return _publish(request, draft)
        except DefinitionRefused as refusal:
            refused = refusal.faults
    state = examine(draft.content)
    context = {
        "faults": state.faults,
        "refused": refused,
        "may_publish": may(request, Role.FORMS),
        "role": Role.FORMS.label,
    }
    if state.definition:
        context |= _tried(draft, state.definition)
    return draw(request, draft, "check.html", context, status=422 if refused else 200)


def _publish(request: HttpRequest, draft: DefinitionDraft) -> HttpResponse:
    try:
        version = publish_draft(
            draft=draft, revision=posted_revision(request), acting_user=str(request.user)
        )
    except DraftMoved as moved:
        notes.error(request, f"{moved_words(moved)}内容を見直してから、公開してください。")
        return redirect("editor_check", slug=draft.slug)
    where = "町民のページに出ています。" if version.form.is_open else "町民の一覧には出ていません。"
    notes.success(request, f"第{version.number}版を公開しました。{where}")
    return redirect("editor_home", slug=draft.slug)


def _tried(draft: DefinitionDraft, definition: Definition) -> dict[str, object]:
    tried = simulate(definition, today=timezone.localdate())
    last = newest_of(draft.slug)
    broken = broken_examples(definition)
    wanting = still_wanting(draft, definition)
    is_ready = tried.may_publish and not broken and not wanting
    return {
        "definition": definition,
        "tried": tried,
        "findings": _findings(tried),
        "broken": broken,
        "changes": differences(definition_of(last), definition) if last else (),
        "last": last,
        "is_behind": bool(last and draft.based_on_id and draft.based_on_id != last.pk),
        "drafts": drafts_of_form(draft.slug),
        "running": running_of_form(draft.slug),
        "entry": Entry(definition),
        "wanting": wanting,
        "is_ready": is_ready,
    }


def _findings(tried: Simulation) -> list[tuple[str, bool, str, tuple[str, ...]]]:
    """For each kind: its heading, whether it must be mended, what to do, and the sentences."""
    return [
        (WORDS[kind], kind is not FindingKind.NOTE, NEXT[kind], messages)
        for kind in FindingKind
        if (messages := tuple(dict.fromkeys(one.message for one in tried.of(kind))))
    ]


@require_POST
@staff_required(role=Role.FORMS)
def set_open(request: HttpRequest, slug: str) -> HttpResponse:
    """Stop taking applications, or take them again."""
    form = get_object_or_404(FormDefinition, slug=slug)
    is_open = request.POST.get("open") == "1"
    open_procedure(form=form, is_open=is_open, acting_user=str(request.user))
    notes.success(request, "受け付けを始めました。" if form.is_open else "受け付けを止めました。")
    return redirect("editor_home", slug=slug)
