"""たしかめる: each channel's look, and whom it reaches, before anything goes out."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from nenrin.core.messaging.selectors.forecast import forecast_reach
from nenrin.core.organization.access import staff_required
from nenrin.core.printing.fonts import NoJapaneseFont
from nenrin.residents.orders.access import is_second_person, may_release
from nenrin.residents.orders.checks import channel_checks
from nenrin.residents.orders.drafts import sample_parcel, seal_of, words_of_draft
from nenrin.residents.orders.models import MessageDraft
from nenrin.residents.orders.selectors import consent_needed, draft_faults, last_step

from ..previews import audience_words, cap_document, paper_pdf, previews_of
from ..rows import telegram_of
from ..typed import take_typed


@require_GET
@staff_required
def preview(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Everything to look at before sending, and the one button that goes on."""
    found = get_object_or_404(
        MessageDraft.objects.select_related("author", "edited_by", "event", "message"), pk=draft
    )
    if found.state == MessageDraft.State.RELEASED and found.event_id:
        return redirect("desk_event", event=found.event_id)
    checks = channel_checks(words_of_draft(found), sample_parcel())
    faults = draft_faults(found)
    context = {
        "draft": found,
        "audience": audience_words(found),
        "forecast": _forecast(found),
        "previews": previews_of(found),
        "unfit": [check for check in checks if not check.fits],
        "faults": faults,
        "seal": seal_of(found),
        "step": last_step(found),
        "steps": found.steps.select_related("by"),
        "change": telegram_of(found.made_by_telegram_id),
        "typed_reason": _typed_reason(request),
        **_rights(request, found),
    }
    return render(request, "desk/preview.html", context)


def _typed_reason(request: HttpRequest) -> str:
    typed = take_typed(request)
    return typed.get("reason", "") if typed else ""


def _rights(request: HttpRequest, draft: MessageDraft) -> dict[str, bool]:
    user: Any = request.user
    releases = may_release(user)
    return {
        "may_release": releases,
        "needs_consent": consent_needed(draft),
        "may_consent": releases and is_second_person(draft, user),
    }


def _forecast(draft: MessageDraft) -> object:
    if not draft.is_whole_town and not draft.districts:
        return None
    districts = () if draft.is_whole_town else draft.districts
    return forecast_reach(severity=draft.severity, districts=districts)


@require_GET
@staff_required
def paper(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The paper as PDF, with a made-up home in its list."""
    found = get_object_or_404(MessageDraft, pk=draft)
    try:
        pdf = paper_pdf(found)
    except NoJapaneseFont:
        text = "日本語フォントがないため、PDFを作れません。システム担当に連絡してください。"
        return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "no-store"
    return response


@require_GET
@staff_required
def cap(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The CAP 1.2 document."""
    found = get_object_or_404(MessageDraft, pk=draft)
    return HttpResponse(cap_document(found), content_type="application/xml; charset=utf-8")
