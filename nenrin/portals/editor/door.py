"""The way to a draft, and the way a change goes into it."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps

from django.contrib import messages as notes
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from nenrin.core.organization.access import staff_required
from nenrin.engines.forms.drafting.content import Change, PieceGone
from nenrin.engines.forms.models import DefinitionDraft, FormDefinition
from nenrin.engines.forms.services.change_draft import DraftMoved, change_draft

ONCE_MORE = "もう一度「残す」を押すと、このページの分だけが、あなたの書いたものになります。"
ELSEWHERE = (
    "ほかの人が、この一つを変えたか動かしました。書いたことを写して、一覧から開き直してください。"
)
View = Callable[..., HttpResponse]


def on_draft(view: View) -> View:
    """Give a page of the editor the draft in place of its short name.

    A procedure without a draft leads to its front page, which offers to begin one. What was
    taken away meanwhile is told, not hidden behind a bare 404.
    """

    @staff_required
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **parts: object) -> HttpResponse:
        draft = DefinitionDraft.objects.select_related("based_on").filter(slug=slug).first()
        if draft is None:
            if not FormDefinition.objects.filter(slug=slug).exists():
                raise Http404
            notes.info(request, "いま書きかけはありません。「直し始める」を押してください。")
            return redirect("editor_home", slug=slug)
        try:
            response = view(request, draft, **parts)
        except PieceGone:
            notes.error(request, "その項目かページは、いまありません。消されたか、動かされました。")
            return redirect("editor_home", slug=slug)
        response["Cache-Control"] = "no-store"
        return response

    return guarded


def save_form(
    request: HttpRequest, draft: DefinitionDraft, form: Form, change: Change, what: str
) -> bool:
    """Carry out the change of a valid form; who comes second finds it all still typed, and is told.

    After that, sending once more puts these words in place of the other's.
    """
    try:
        _change(request, draft, change, what)
    except DraftMoved as moved:
        form.add_error(None, moved_words(moved))
        if moved.at is not None:
            form.add_error(None, ONCE_MORE)
        draft.revision = moved.revision
        return False
    notes.success(request, "残しました。")
    return True


def save_step(
    request: HttpRequest, draft: DefinitionDraft, change: Change, what: str, words: str
) -> None:
    """Carry out a single press (up, down, away); told in a message either way."""
    try:
        _change(request, draft, change, what)
    except DraftMoved as moved:
        notes.error(request, f"{moved_words(moved)}いまの内容を出しています。")
    else:
        notes.success(request, words)


def _change(request: HttpRequest, draft: DefinitionDraft, change: Change, what: str) -> None:
    change_draft(
        draft=draft,
        revision=posted_revision(request),
        change=change,
        what=what,
        acting_user=str(request.user),
    )


def mark_of(piece: object) -> str:
    """Tells one rule of a list from another that came to stand in its place."""
    text = json.dumps(piece, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def is_still_there(request: HttpRequest, form: Form, piece: object) -> bool:
    """Whether the rule a page was made from stands in its place; else what was typed is shown."""
    mark = request.POST.get("mark", "")
    if not mark or mark == mark_of(piece):
        return True
    form.add_error(None, ELSEWHERE)
    return False


def posted_revision(request: HttpRequest) -> int:
    """From which state of the draft the posted page was made."""
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def moved_words(moved: DraftMoved) -> str:
    """Who was quicker, and that nothing is lost."""
    if moved.at is None:
        return (
            "この書きかけは、ほかの人が公開したか捨てました。"
            "書いたことを写してから、開き直してください。"
        )
    at = timezone.localtime(moved.at)
    return (
        f"{at:%H:%M} に {moved.by} さんがこの手続きを変えました。"
        "あなたの書いたことは、まだ入れていません。"
    )
