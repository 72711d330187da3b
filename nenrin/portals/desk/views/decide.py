"""おくる: consent, release, break-glass, giving up. Every act is one button and one service."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from nenrin.core.organization.access import staff_required
from nenrin.residents.orders.models import MessageDraft
from nenrin.residents.orders.refusals import DraftRefused
from nenrin.residents.orders.services.ask_consent import ask_consent, return_draft, take_back
from nenrin.residents.orders.services.discard_draft import discard_draft
from nenrin.residents.orders.services.release_draft import (
    consent_and_release,
    release_alone,
    release_draft,
    review_release,
)

from ..typed import keep_typed

Act = Callable[[MessageDraft, HttpRequest, Any], tuple[str, str]]
"""Carries out one act; returns what to say and the address's name to go on to."""

PREVIEW, EVENT, WORDS, INDEX = "desk_preview", "desk_event", "desk_words", "desk"


def _ask(draft: MessageDraft, request: HttpRequest, user: Any) -> tuple[str, str]:
    ask_consent(draft=draft, acting_user=user)
    return "同意を頼みました。ほかの職員の机に出ています。電話でも声をかけてください。", PREVIEW


def _take_back(draft: MessageDraft, request: HttpRequest, user: Any) -> tuple[str, str]:
    take_back(draft=draft, acting_user=user)
    return "取り下げました。直してから、もう一度頼めます。", WORDS


def _return(draft: MessageDraft, request: HttpRequest, user: Any) -> tuple[str, str]:
    return_draft(draft=draft, reason=request.POST.get("reason", ""), acting_user=user)
    return "理由をつけて差し戻しました。", INDEX


def _consent(draft: MessageDraft, request: HttpRequest, user: Any) -> tuple[str, str]:
    seal = request.POST.get("seal", "")
    households = consent_and_release(draft=draft, seal=seal, acting_user=user)
    return f"同意して、{households} 世帯に送り始めました。", EVENT


def _release(draft: MessageDraft, request: HttpRequest, user: Any) -> tuple[str, str]:
    households = release_draft(draft=draft, acting_user=user)
    return f"{households} 世帯に送り始めました。", EVENT


def _alone(draft: MessageDraft, request: HttpRequest, user: Any) -> tuple[str, str]:
    reason = request.POST.get("reason", "")
    households = release_alone(draft=draft, reason=reason, acting_user=user)
    return f"一人で{households} 世帯に送り始めました。理由は記録され、課長に伝わります。", EVENT


def _discard(draft: MessageDraft, request: HttpRequest, user: Any) -> tuple[str, str]:
    discard_draft(draft=draft, reason=request.POST.get("reason", ""), acting_user=user)
    return "取りやめました。記録には残ります。", INDEX


def _review(draft: MessageDraft, request: HttpRequest, user: Any) -> tuple[str, str]:
    review_release(draft=draft, acting_user=user)
    return "確かめたことを記録しました。", EVENT


ACTS: dict[str, Act] = {
    "ask": _ask,
    "take-back": _take_back,
    "return": _return,
    "consent": _consent,
    "release": _release,
    "alone": _alone,
    "discard": _discard,
    "review": _review,
}


@require_http_methods(["GET", "POST"])
@keep_typed
@staff_required
def decide(request: HttpRequest, draft: UUID, act: str) -> HttpResponse:
    """Carry out an act; a refusal is said in words and leaves the draft as it was.

    After a sign-in in between the browser comes by GET: back to the page with the button.
    """
    found = get_object_or_404(MessageDraft, pk=draft)
    if request.method == "GET":
        return redirect(PREVIEW, draft=found.pk)
    try:
        said, where = ACTS[act](found, request, request.user)
    except DraftRefused as refusal:
        notes.error(request, str(refusal))
        found.refresh_from_db()
        return redirect(PREVIEW, draft=found.pk)
    notes.success(request, said)
    found.refresh_from_db()
    if where == EVENT:
        return redirect(EVENT, event=found.event_id)
    return redirect(where) if where == INDEX else redirect(where, draft=found.pk)
