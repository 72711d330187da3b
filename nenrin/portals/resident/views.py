"""What a resident sees: what is happening now, and a message with its two answers."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from nenrin.core.messaging.models import Delivery, Message
from nenrin.core.messaging.selectors import current_messages, messages_for_everyone
from nenrin.core.messaging.services.record_answer import AnswerRefused, record_answer
from nenrin.core.messaging.services.report_receipt import report_receipt
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.messaging.tokens import BadToken, read_delivery_token
from nenrin.core.people.selectors import living_households
from nenrin.core.tenancy.scope import current_town_code
from nenrin.core.ui.menu import DOORS


class Coming(NamedTuple):
    """What a door will hold once it is built, and whom to ask until then."""

    words: str
    section: str


@cache
def _coming() -> dict[str, Coming]:
    with (Path(__file__).parent / "coming.csv").open(encoding="utf-8") as file:
        return {row["door"]: Coming(row["words"], row["section"]) for row in csv.DictReader(file)}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is happening now (or one calm line), the four doors, and the ring."""
    context = {"current": current_messages(), "households": living_households()}
    return render(request, "resident/home.html", context)


@require_GET
def door(request: HttpRequest, key: str) -> HttpResponse:
    """What is behind one of the four doors, and what is still to come."""
    if key not in DOORS:
        raise Http404
    context = {"key": key, "label": DOORS[key][0], "coming": _coming().get(key), "tab": key}
    return render(request, "resident/door.html", context)


@require_GET
def settings_page(request: HttpRequest) -> HttpResponse:
    """How pages look on this device, and the way to one's own data."""
    return render(request, "resident/settings.html", {"tab": "settings"})


@require_http_methods(["GET", "POST"])
def delivered_message(request: HttpRequest, token: str) -> HttpResponse:
    """A message through the link of one delivery: reading, confirming and answering it."""
    delivery = _delivery(token)
    error = ""
    if request.method == "POST":
        try:
            _take_reply(delivery, request)
        except AnswerRefused as refusal:
            error = str(refusal)
        else:
            return _private(redirect("delivered_message", token=token))
    else:
        report_receipt(delivery_id=delivery.pk, state=DeliveryState.OPENED)
    delivery.refresh_from_db()
    answer = delivery.message.answers.filter(household=delivery.household_id).last()
    context = _context(delivery.message) | {
        "delivery": delivery,
        "is_confirmed": delivery.state == DeliveryState.CONFIRMED,
        "answer": answer,
        "error": error,
    }
    return _private(render(request, "resident/message.html", context, status=400 if error else 200))


@require_GET
def public_message(request: HttpRequest, message: UUID) -> HttpResponse:
    """A released message, for everyone."""
    found = messages_for_everyone().filter(pk=message).first()
    if found is None:
        raise Http404
    return render(request, "resident/message.html", _context(found))


def _delivery(token: str) -> Delivery:
    try:
        town, number = read_delivery_token(token)
    except BadToken as error:
        raise Http404(str(error)) from error
    found = Delivery.objects.select_related("message", "endpoint").filter(pk=number).first()
    if town != current_town_code() or found is None:
        raise Http404
    return found


def _take_reply(delivery: Delivery, request: HttpRequest) -> None:
    answer = request.POST.get("answer", "")
    if answer:
        record_answer(delivery=delivery, answer=answer, words=request.POST.get("words", ""))
    report_receipt(delivery_id=delivery.pk, state=DeliveryState.CONFIRMED)


def _context(message: Message) -> dict[str, object]:
    newer = Message.objects.filter(supersedes=message, released_at__isnull=False).first()
    return {
        "message": message,
        "newer": newer,
        "is_over": message.expires_at <= timezone.now(),
    }


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
