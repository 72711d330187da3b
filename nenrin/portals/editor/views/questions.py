"""One question: added as a kind and its words, then set up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from nenrin.engines.forms.drafting.conditions import named
from nenrin.engines.forms.drafting.content import (
    ATTACHMENTS,
    GROUP,
    Content,
    add_question,
    change_question,
    free_name,
    question_of,
    questions_in,
    turn_into,
)
from nenrin.engines.forms.drafting.state import readable
from nenrin.engines.forms.drafting.usage import users_of
from nenrin.engines.forms.fields.kinds import kinds
from nenrin.engines.forms.models import DefinitionDraft

from ..door import on_draft, save_form, save_step
from ..forms.beginning import AddQuestionForm, kind_choices
from ..forms.question import QuestionForm
from ..frame import draw
from .pages import other_pages


@require_POST
@on_draft
def add(request: HttpRequest, draft: DefinitionDraft, holder: str) -> HttpResponse:
    """A question at the end of the page."""
    questions_in(draft.content, holder)
    in_group = holder.startswith(GROUP)
    typed = request.POST.copy()
    if holder == ATTACHMENTS:
        typed.setdefault("kind", "file")
    form = AddQuestionForm(typed, in_group=in_group)
    if form.is_valid():
        kind, label = form.cleaned_data["kind"], form.cleaned_data["label"]
        name = free_name(draft.content, kind)
        piece = turn_into(draft.content, {"name": name, "label": label}, kind)
        if save_form(request, draft, form, add_question(holder, piece), "question"):
            return redirect("editor_question", slug=draft.slug, holder=holder, name=name)
    context = {"form": form, "holder": holder}
    return draw(request, draft, "add_question.html", context, status=400)


@require_http_methods(["GET", "POST"])
@on_draft
def page(request: HttpRequest, draft: DefinitionDraft, holder: str, name: str) -> HttpResponse:
    """Everything of one question on one page; its kind is changed by a button of its own."""
    piece = question_of(draft.content, holder, name)
    if request.POST.get("act") == "kind":
        return _change_kind(request, draft, holder, name)
    form = QuestionForm(request.POST or None, question=piece, content=draft.content, holder=holder)
    if form.is_bound and form.is_valid():
        change = change_question(holder, name, form.piece())
        if save_form(request, draft, form, change, f"question:{name}"):
            return redirect("editor_page", slug=draft.slug, holder=holder)
    context = {
        "form": form,
        "holder": holder,
        "group_holder": GROUP + name,
        "piece": piece,
        "kind": kinds.get(str(piece.get("kind", "file"))),
        "kinds": kind_choices(in_group=holder.startswith(GROUP)),
        "users": users_of(draft.content, name),
        "pages": other_pages(draft, holder),
        "names": names_for_rules(draft.content),
        "question": readable(piece),
    }
    status = 400 if form.errors else 200
    return draw(request, draft, "question.html", context, status=status)


def _change_kind(
    request: HttpRequest, draft: DefinitionDraft, holder: str, name: str
) -> HttpResponse:
    """Words and conditions are kept; settings of the old kind go."""
    kind = request.POST.get("kind", "")
    allowed = {key for key, _ in kind_choices(in_group=holder.startswith(GROUP))}

    def change(content: Content) -> Content:
        made = turn_into(content, question_of(content, holder, name), kind)
        return change_question(holder, name, made)(content)

    if kind in allowed:
        words = f"答え方を「{kinds.get(kind).label}」に変えました。"
        save_step(request, draft, change, f"kind:{name}", words)
    return redirect("editor_question", slug=draft.slug, holder=holder, name=name)


def names_for_rules(content: Content) -> list[tuple[str, str, str]]:
    """Name, label and possible values of everything an expression may use."""
    rows = []
    for name, known in named(content).items():
        values = "、".join(f'"{value}" {label}' for value, label in known.choices.items())
        rows.append((name, known.label, "はい・いいえ" if known.is_yes_no else values))
    return rows
