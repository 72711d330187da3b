"""「知らせを受けとる」: push for this browser, switched on in one step, tried, switched off.

Whose device it is, is known in one of three ways: the sign-in; the link of a message that the
household got lately; or a code that staff show. A link may have been passed on by mistake, so it
works for a week, lets three devices in, and every device it lets in is told to the whole household.
"""

from datetime import timedelta
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.limits.decorators import client_address
from nenrin.core.limits.limit import Limit, seconds_to_wait
from nenrin.core.messaging.models import Endpoint
from nenrin.core.messaging.services.browsers.pair_browser import browser_code, claimant_of_code
from nenrin.core.messaging.services.browsers.subscribe_push import (
    KIND,
    Claimant,
    Subscription,
    SubscriptionRefused,
    renew_push,
    subscribe_push,
    town_push_key,
)
from nenrin.core.messaging.services.browsers.tell_of_new_device import tell_of_new_device
from nenrin.core.messaging.services.endpoints.retire_endpoints import retire_endpoints
from nenrin.core.messaging.services.endpoints.send_test import TestRefused, send_test
from nenrin.core.organization.access import staff_required
from nenrin.core.people.models import Consent, Household
from nenrin.core.people.selectors import person_of
from nenrin.core.people.services.give_consent import give_consent
from nenrin.core.tenancy.selectors import town_address

from .alert import delivery_named

LINK_LASTS = timedelta(days=7)
LINK_DEVICES = 3
TRIES = Limit("receive", 60, 3600)
WHOSE = "どの世帯の端末か分かりません。サインインするか、届いた知らせのリンクからひらいてください。"
ON = "この端末に、町からの知らせが届くようになりました。"
OFF = "この端末への知らせを止めました。いつでも、また受けとれます。"
SENT = "テストを送りました。数秒のうちに通知が出ます。"
LINK_BAD = "このリンクは使えません。届いた知らせから、もう一度ひらいてください。"
LINK_OLD = "このリンクは古くなりました。新しい知らせのリンクからひらくか、サインインしてください。"
TOO_OFTEN = "何度も続けて送られました。しばらく待ってから、もう一度押してください。"


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """One step to switch push on; the page's script knows what this browser can do."""
    claimant, trouble = None, ""
    try:
        claimant = _claimant(request, request.GET)
    except SubscriptionRefused as refusal:
        trouble = gettext(str(refusal))
    context = {
        "key": town_push_key(),
        "claimant": claimant,
        "trouble": trouble,
        "link": request.GET.get("from", ""),
        "code": request.GET.get("code", ""),
        "tab": "settings",
    }
    response = render(request, "resident/receive.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def switch_on(request: HttpRequest) -> HttpResponse:
    """Take the browser's subscription."""
    if not _may_try(request):
        return _words(TOO_OFTEN, 429)
    try:
        claimant = _claimant(request, request.POST)
        if claimant is None:
            return _words(WHOSE, 403)
        endpoint, is_new = subscribe_push(
            subscription=_subscription(request),
            claimant=claimant,
            acting_user=_actor(request),
        )
    except SubscriptionRefused as refusal:
        return _words(str(refusal), 400)
    if claimant.person:
        give_consent(
            person=claimant.person,
            purpose=Consent.Purpose.MESSAGES,
            given_by="本人",
            acting_user=str(request.user),
        )
    elif is_new:
        tell_of_new_device(household=claimant.household)
    return JsonResponse(_state(endpoint) | {"words": gettext(ON)})


@require_POST
def switch_off(request: HttpRequest) -> HttpResponse:
    """Forget this browser: who knows its address is the browser itself."""
    if not _may_try(request):
        return _words(TOO_OFTEN, 429)
    retired = retire_endpoints(
        kind=KIND, address=request.POST.get("endpoint", ""), reason="本人が止めました"
    )
    if retired:
        record_act(
            actor=_actor(request),
            action="messaging.unsubscribe_push",
            subject="endpoint",
            detail={"endpoints": retired},
        )
    return _words(OFF)


@require_POST
def test(request: HttpRequest) -> HttpResponse:
    """Send a test to this browser alone."""
    endpoint = _known(request)
    try:
        send_test(endpoint=endpoint, acting_user=_actor(request))
    except TestRefused as refusal:
        return _words(str(refusal), 400)
    return _words(SENT)


@require_POST
def state(request: HttpRequest) -> HttpResponse:
    """Whether this browser is known."""
    return JsonResponse(_state(_known(request)))


@csrf_exempt
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """The service worker tells a changed address; the old one and its secret are the proof."""
    if not _may_try(request):
        return _words(TOO_OFTEN, 429)
    try:
        renew_push(
            old_address=request.POST.get("old_endpoint", ""),
            old_auth=request.POST.get("old_auth", ""),
            subscription=_subscription(request),
        )
    except SubscriptionRefused as refusal:
        return _words(str(refusal), 400)
    return _words("")


@require_GET
@staff_required
def show_code(request: HttpRequest, household: str) -> HttpResponse:
    """Show staff the QR code with which a household's phone switches push on."""
    found = get_object_or_404(Household, number=household, left_on=None)
    town = request.town  # type: ignore[attr-defined]
    link = f"{town_address(town)}/receive?code={browser_code(found)}"
    qr = segno.make(link, error="m").svg_inline(scale=5, border=2)
    record_act(
        actor=str(request.user),
        action="messaging.show_browser_code",
        subject=f"household:{found.pk}",
    )
    context = {"household": found, "link": link, "qr": mark_safe(qr)}  # noqa: S308
    response = render(request, "staff/receive_code.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _may_try(request: HttpRequest) -> bool:
    return not seconds_to_wait(TRIES, client_address(request))


def _actor(request: HttpRequest) -> str:
    return str(request.user) if request.user.is_authenticated else "device"


def _claimant(request: HttpRequest, given: Any) -> Claimant | None:
    """Whose device it is; None where nothing says so. Raises SubscriptionRefused."""
    person = person_of(request.user.pk)
    if person and person.household and not person.left_on:
        return Claimant(person.household, "sign_in", person)
    if given.get("code"):
        return claimant_of_code(given["code"])
    return _claimant_of_link(given["from"]) if given.get("from") else None


def _claimant_of_link(token: str) -> Claimant:
    """The household that got a message, while its link is young. Raises SubscriptionRefused."""
    try:
        delivery = delivery_named(token)
    except Http404 as error:
        raise SubscriptionRefused(LINK_BAD) from error
    released = delivery.message.released_at
    if delivery.household is None or delivery.household.left_on:
        raise SubscriptionRefused(LINK_BAD)
    if released is None or timezone.now() - released > LINK_LASTS:
        raise SubscriptionRefused(LINK_OLD)
    return Claimant(delivery.household, f"link:{delivery.pk}", most=LINK_DEVICES)


def _subscription(request: HttpRequest) -> Subscription:
    post = request.POST
    return Subscription(post.get("endpoint", ""), post.get("p256dh", ""), post.get("auth", ""))


def _known(request: HttpRequest) -> Endpoint:
    found = (
        Endpoint.objects.select_related("household__district")
        .filter(kind=KIND, address=request.POST.get("endpoint", ""), retired_at=None)
        .order_by("pk")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _state(endpoint: Endpoint) -> dict[str, Any]:
    return {"on": True, "district": endpoint.household.district.name}


def _words(words: str, status: int = 200) -> HttpResponse:
    return JsonResponse({"words": gettext(words) if words else ""}, status=status)
