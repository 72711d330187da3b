"""One page of a form: its words, its conditions, and the questions on it in their order."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from nenrin.engines.forms.drafting.conditions import named
from nenrin.engines.forms.drafting.content import (
    ATTACHMENTS,
    GROUP,
    PAGE,
    Change,
    add_page,
    change_page,
    free_name,
    home_of,
    page_of,
    pages_of,
    question_of,
    questions_in,
)
from nenrin.engines.forms.drafting.moves import (
    carry_question,
    move_page,
    move_question,
    remove_page,
    remove_question,
)
from nenrin.engines.forms.models import DefinitionDraft

from ..door import on_draft, save_form, save_step
from ..forms.beginning import AddPageForm, AddQuestionForm
from ..forms.rules import PageForm
from ..frame import draw
from ..rows import question_rows


@require_POST
@on_draft
def add(request: HttpRequest, draft: DefinitionDraft) -> HttpResponse:
    """A new page at the end; then its questions are added there."""
    form = AddPageForm(request.POST)
    if form.is_valid():
        name = free_name(draft.content, "page")
        if save_form(request, draft, form, add_page(form.cleaned_data["title"], name), "page"):
            return redirect("editor_page", slug=draft.slug, holder=PAGE + name)
    return draw(request, draft, "add_page.html", {"form": form}, status=400)


@require_http_methods(["GET", "POST"])
@on_draft
def page(request: HttpRequest, draft: DefinitionDraft, holder: str) -> HttpResponse:
    """A page, the attachments, or what repeats in a group."""
    pieces = questions_in(draft.content, holder)
    form = _form(request, draft, holder)
    if form and form.is_bound and form.is_valid():
        change = change_page(holder, form.values())
        if save_form(request, draft, form, change, holder):
            return redirect("editor_page", slug=draft.slug, holder=holder)
    context = {
        "form": form,
        "holder": holder,
        "title": _title(draft, holder),
        "rows": list(question_rows(pieces, holder, named(draft.content))),
        "add_form": AddQuestionForm(in_group=holder.startswith(GROUP)),
        "group": holder.removeprefix(GROUP) if holder.startswith(GROUP) else "",
        "above": home_of(draft.content, holder) if holder.startswith(GROUP) else "",
    }
    return draw(request, draft, "page.html", context, status=400 if form and form.errors else 200)


def _form(request: HttpRequest, draft: DefinitionDraft, holder: str) -> PageForm | None:
    if not holder.startswith(PAGE):
        return None
    found = page_of(draft.content, holder)
    return PageForm(request.POST or None, page=found, content=draft.content, holder=holder)


def _title(draft: DefinitionDraft, holder: str) -> str:
    if holder == ATTACHMENTS:
        return "添付するもの"
    if holder.startswith(GROUP):
        group = holder.removeprefix(GROUP)
        piece = question_of(draft.content, home_of(draft.content, holder), group)
        return f"「{piece.get('label')}」でくり返し聞くこと"
    return str(page_of(draft.content, holder).get("title"))


@require_POST
@on_draft
def move(request: HttpRequest, draft: DefinitionDraft, holder: str) -> HttpResponse:
    """Up, down, to another page, or away: a question by its name, without one the page itself."""
    act, name = request.POST.get("act", ""), request.POST.get("name", "")
    step = _question_step(act, holder, name, request) if name else _page_step(act, holder)
    if step is not None:
        change, words = step
        save_step(request, draft, change, f"{act}:{name or holder}", words)
    if name and request.POST.get("back") != "home":
        return redirect("editor_page", slug=draft.slug, holder=holder)
    return redirect("editor_home", slug=draft.slug)


Step = tuple[Change, str]


def _question_step(act: str, holder: str, name: str, request: HttpRequest) -> Step | None:
    target = request.POST.get("target", "")
    steps: dict[str, Callable[[], Step]] = {
        "up": lambda: (move_question(holder, name, -1), "上へ動かしました。"),
        "down": lambda: (move_question(holder, name, 1), "下へ動かしました。"),
        "remove": lambda: (remove_question(holder, name), "項目を消しました。"),
        "carry": lambda: (carry_question(holder, name, target), "ほかのページへ移しました。"),
    }
    return steps[act]() if act in steps else None


def _page_step(act: str, holder: str) -> Step | None:
    name = holder.removeprefix(PAGE)
    steps: dict[str, Callable[[], Step]] = {
        "up": lambda: (move_page(name, -1), "ページを上へ動かしました。"),
        "down": lambda: (move_page(name, 1), "ページを下へ動かしました。"),
        "remove": lambda: (remove_page(name), "ページを消しました。"),
    }
    return steps[act]() if act in steps and holder.startswith(PAGE) else None


def other_pages(draft: DefinitionDraft, holder: str) -> list[tuple[str, str]]:
    """Where a question could be carried to."""
    if holder.startswith(GROUP):
        return []
    found = [(PAGE + one["name"], str(one.get("title"))) for one in pages_of(draft.content)]
    return [row for row in [*found, (ATTACHMENTS, "添付するもの")] if row[0] != holder]
