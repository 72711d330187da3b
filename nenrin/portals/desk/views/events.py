"""One event: its orders, its chain of messages, and what can follow."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nenrin.core.messaging.models import Message
from nenrin.core.messaging.selectors.reach import reach_total
from nenrin.core.organization.access import staff_required
from nenrin.core.tenancy.scope import current_town_code
from nenrin.residents.lalert.folder import FolderGateway, lalert_identifier
from nenrin.residents.orders.levels import ENDINGS, Hazard
from nenrin.residents.orders.models import Event, MessageDraft
from nenrin.residents.orders.refusals import DraftRefused
from nenrin.residents.orders.selectors import (
    alone_step,
    newest_message,
    released_of,
    standing_orders,
    unreviewed_releases,
)
from nenrin.residents.orders.services.close_event import close_event
from nenrin.residents.orders.services.start_draft import follow_event
from nenrin.residents.orders.services.take_over_message import take_over_message

from ..previews import audience_words
from ..rows import hazard_of, telegram_of


@require_GET
@staff_required
def event(request: HttpRequest, event: int) -> HttpResponse:
    """Where it stands, what was said, and the next word."""
    found = get_object_or_404(Event, pk=event)
    written = list(released_of(found))
    newest = newest_message(found)
    standing = standing_orders(found)
    user: Any = request.user
    is_ended = bool(written and written[0].kind in ENDINGS and not standing)
    context = {
        "event": found,
        "newest": newest,
        "total": reach_total(newest.pk) if newest else None,
        "is_over": bool(newest and newest.expires_at <= timezone.now()),
        "is_ended": is_ended,
        "standing": standing,
        "chain": [(draft, audience_words(draft), alone_step(draft)) for draft in written],
        "has_lalert": _newest_document(found) is not None,
        "history": found.orders.exclude(lifted_at=None).select_related("district"),
        "open_drafts": found.drafts.filter(state__in=["writing", "asked"]),
        "unreviewed": [d for d in unreviewed_releases(user) if d.event_id == found.pk],
    }
    return render(request, "desk/event.html", context)


def _newest_document(event: Event) -> Path | None:
    town = current_town_code()
    return FolderGateway(town).newest(lalert_identifier(town, event.pk))


@require_GET
@staff_required
def lalert(request: HttpRequest, event: int) -> HttpResponse:
    """The newest document for Lアラート, as a file to hand on."""
    found = get_object_or_404(Event, pk=event)
    path = _newest_document(found)
    if path is None:
        raise Http404("Lアラートに渡す文書はまだありません。")
    response = HttpResponse(path.read_bytes(), content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{path.name}"'
    return response


@require_http_methods(["GET", "POST"])
@staff_required
def follow(request: HttpRequest, event: int, kind: str) -> HttpResponse:
    """Begin the event's next message; one that is being written is opened instead."""
    found = get_object_or_404(Event, pk=event)
    if request.method == "GET":
        return redirect("desk_event", event=found.pk)
    waiting = _begun(found, kind)
    if waiting:
        notes.info(request, "書きかけの下書きを開きました。")
        return redirect("desk_preview", draft=waiting.pk)
    try:
        draft = follow_event(event=found, kind=kind, acting_user=request.user)  # type: ignore[arg-type]
    except DraftRefused as refusal:
        notes.error(request, str(refusal))
        return redirect("desk_event", event=found.pk)
    return redirect("desk_aim" if kind != "cancel" else "desk_words", draft=draft.pk)


@require_http_methods(["GET", "POST"])
@staff_required
def take_over(request: HttpRequest, message: UUID) -> HttpResponse:
    """Go on with a message that a telegram's rule sent."""
    found = get_object_or_404(Message, pk=message, source="alerts")
    if request.method == "GET":
        return redirect("staff_reach", message=found.pk)
    change = telegram_of(found.pk)
    hazard = hazard_of(change) if change else Hazard.OTHER.value
    try:
        event = take_over_message(message=found, hazard=hazard, acting_user=request.user)  # type: ignore[arg-type]
    except DraftRefused as refusal:
        notes.error(request, str(refusal))
        return redirect("staff_reach", message=found.pk)
    return redirect("desk_event", event=event.pk)


def _begun(event: Event, kind: str) -> MessageDraft | None:
    drafts = event.drafts.filter(state__in=["writing", "asked"])
    same = drafts.filter(kind=kind) if kind in ENDINGS else drafts.exclude(kind__in=ENDINGS)
    return same.first()


@require_http_methods(["GET", "POST"])
@staff_required
def close(request: HttpRequest, event: int) -> HttpResponse:
    """Nothing more will be said about it."""
    found = get_object_or_404(Event, pk=event)
    if request.method == "GET":
        return redirect("desk_event", event=found.pk)
    try:
        close_event(event=found, acting_user=request.user)  # type: ignore[arg-type]
    except DraftRefused as refusal:
        notes.error(request, str(refusal))
    else:
        notes.success(request, "この出来事を終わりにしました。")
    return redirect("desk_event", event=found.pk)
