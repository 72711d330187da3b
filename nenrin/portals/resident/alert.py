"""A message: read by everyone, answered by a household through its own link or sign-in."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from nenrin.core.areas.models import District, Shelter
from nenrin.core.limits.decorators import limited
from nenrin.core.limits.limit import Limit
from nenrin.core.messaging.models import Delivery, Message
from nenrin.core.messaging.replacement import newer_for, stands_for_anyone
from nenrin.core.messaging.services.record_answer import AnswerRefused, Given, record_answer
from nenrin.core.messaging.services.report_receipt import report_receipt
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.messaging.tokens import BadToken, delivery_token, read_delivery_token
from nenrin.core.people.models import Person
from nenrin.core.people.selectors import person_of
from nenrin.core.tenancy.scope import current_town_code
from nenrin.core.ui.cards import cards_at
from nenrin.core.ui.keeping import keep_for_link, keep_public
from nenrin.core.ui.switches import read_switches

from .places import Place, nearest
from .reading import (
    belongs_to,
    delivery_of_mine,
    districts_of,
    history_of,
    is_for_everyone,
    level_of,
    me_in,
    members_of,
    words_for,
)

SHELTERS_SHOWN = 3
# By the link, never by the address: after a warning a whole village may come from one.
ANSWERS = Limit("answer", 60, 300)
FROM_SHELTERS = "shelters"
URGENT_FROM = 2


@require_http_methods(["GET", "POST"])
@limited(ANSWERS, by=lambda request, token: token)
def delivered_message(request: HttpRequest, token: str) -> HttpResponse:
    """A message through the link of one delivery: reading, confirming and answering it."""
    delivery = delivery_named(token)
    if request.method == "GET":
        report_receipt(delivery_id=delivery.pk, state=DeliveryState.OPENED)
    return keep_for_link(_answerable(request, delivery))


@require_http_methods(["GET", "POST"])
def public_message(request: HttpRequest, message: UUID) -> HttpResponse:
    """A released message, for everyone; a signed-in resident answers it here too."""
    found = Message.objects.filter(pk=message, released_at__isnull=False).first()
    person = person_of(request.user.pk)
    if found is None or not (is_for_everyone(found) or belongs_to(found, person)):
        raise Http404
    mine = delivery_of_mine(found, person)
    if mine:
        return keep_for_link(_answerable(request, mine))
    if request.method == "POST":
        raise Http404
    return keep_public(request, render(request, "resident/message.html", _page(request, found)))


@csrf_exempt
@require_POST
@limited(ANSWERS, by=lambda request, token: token)
def take_answer(request: HttpRequest, token: str) -> HttpResponse:
    """An answer from the page's script, perhaps kept while there was no network.

    The link itself is the proof, so no form token is asked for. Returns the answers as they stand.
    """
    delivery = delivery_named(token)
    error = _take(request, delivery)
    context = _page(request, delivery.message) | _household(request, delivery, error)
    status = 400 if error else 200
    return keep_for_link(render(request, "resident/_answers.html", context, status=status))


def delivery_named(token: str) -> Delivery:
    """The delivery of a link; Http404 for one that was cut off or is another town's."""
    try:
        town, number = read_delivery_token(token)
    except BadToken as error:
        raise Http404(str(error)) from error
    rows = Delivery.objects.select_related(
        "message", "endpoint__person", "household__district"
    ).filter(pk=number)
    found = rows.first() if town == current_town_code() else None
    if found is None:
        raise Http404
    return found


def _answerable(request: HttpRequest, delivery: Delivery) -> HttpResponse:
    error = ""
    if request.method == "POST":
        error = _take(request, delivery)
        if not error:
            return redirect(f"{request.path}#answers")
    context = _page(request, delivery.message, _district(delivery))
    context |= _household(request, delivery, error)
    return render(request, "resident/message.html", context, status=400 if error else 200)


def _take(request: HttpRequest, delivery: Delivery) -> str:
    """Record what the form says; returns what is wrong with it."""
    answer = request.POST.get("answer", "")
    if answer:
        try:
            given = _given(request)
            words = request.POST.get("words", "")
            record_answer(delivery=delivery, answer=answer, words=words, given=given)
        except AnswerRefused as refusal:
            return str(refusal)
    report_receipt(delivery_id=delivery.pk, state=DeliveryState.CONFIRMED)
    delivery.refresh_from_db()
    return ""


def _given(request: HttpRequest) -> Given:
    post = request.POST
    person = post.get("person", "")
    try:
        client_id = UUID(post["client_id"]) if post.get("client_id") else None
        at = datetime.fromtimestamp(int(post["at"]) / 1000, UTC) if post.get("at") else None
        person_id = int(person) if person and person != "all" else None
    except (ValueError, OverflowError, OSError) as error:
        raise AnswerRefused("送られたものを読めません。もう一度押してください。") from error
    return Given(person_id, post.get("place", ""), client_id, at)


def _page(
    request: HttpRequest, message: Message, district: District | None = None
) -> dict[str, Any]:
    language = read_switches(request).language
    chain = history_of(message)
    history = [(one, words_for(one, language).title) for one in chain]
    return {
        "message": message,
        "delivery": None,
        "words": words_for(message, language),
        "level": level_of(message),
        "history": history,
        "issue": len(chain) - chain.index(message),
        "newer": history[0] if chain[0].pk != message.pk else None,
        "stands_elsewhere": chain[0].pk != message.pk and stands_for_anyone(message),
        "is_over": message.expires_at <= timezone.now(),
        "districts": districts_of(message),
        "district": district,
        "places": _shelters(request, message, district),
    }


def _household(request: HttpRequest, delivery: Delivery, error: str) -> dict[str, Any]:
    if delivery.household_id is None:
        return {"delivery": delivery}
    me: Person | None = me_in(request, delivery)
    is_over = delivery.message.expires_at <= timezone.now()
    members = members_of(delivery, me, with_family=not is_over)
    newer = newer_for(delivery.message, delivery.household_id)
    language = read_switches(request).language
    return {
        "delivery": delivery,
        # An order that was lifted elsewhere still stands here.
        "newer": (newer, words_for(newer, language).title) if newer else None,
        "members": members,
        "first": members[0],
        "family": members[1:],
        "token": delivery_token(str(delivery.town_id), delivery.pk),
        "is_confirmed": delivery.state == DeliveryState.CONFIRMED,
        "typed": request.POST if error else {},
        "error": error,
    }


def _district(delivery: Delivery) -> District | None:
    return delivery.household.district if delivery.household else None


def _shelters(request: HttpRequest, message: Message, district: District | None) -> Sequence[Place]:
    """The nearest shelters, unless the module that opens them has open ones to show."""
    if message.severity < URGENT_FROM or _are_open_shown(request, message):
        return ()
    return nearest(Shelter.objects.filter(is_living_shelter=True), district, SHELTERS_SHOWN)


def _are_open_shown(request: HttpRequest, message: Message) -> bool:
    return any(
        card.key == FROM_SHELTERS and card.context(request, {"message": message}) is not None
        for card in cards_at("message_page")
    )
