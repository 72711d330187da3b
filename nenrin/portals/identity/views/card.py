"""To the card service and back; what the middleware fetched becomes a fact of this session."""

from typing import Any

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from nenrin.core.accounts.card.client import address_for
from nenrin.core.accounts.card.errand import RETURN, give, new_errand, take_away
from nenrin.core.accounts.card.facts import CardFacts
from nenrin.core.accounts.card.keys import public_keys
from nenrin.core.accounts.card.middleware import Outcome
from nenrin.core.accounts.card.refusals import CardTrouble, Trouble
from nenrin.core.accounts.models import User
from nenrin.core.accounts.proofs import CardProof, card_proof, keep_card_proof
from nenrin.core.limits.decorators import EVERY, client_address, limited
from nenrin.core.limits.limit import Limit
from nenrin.core.people.models import CardIdentity
from nenrin.core.people.services.recognise_card import recognise_card
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.selectors import town_address

from ..following import safe_following

# A whole household, even a class, may share an address.
STARTS = Limit("card_start", 60, 600)


class CardRequest(HttpRequest):
    """A request on which the card's middleware left its outcome."""

    card: Outcome
    town: Town


@never_cache
@require_GET
@limited(STARTS, by=client_address, methods=EVERY)
def start(request: CardRequest) -> HttpResponse:
    """Send the browser to the card service."""
    following = safe_following(request.GET.get("next", ""))
    found = request.card.provider
    if found is None:
        return _trouble(request, request.card.trouble or Trouble.DOWN, following)
    errand = new_errand(
        town=request.town.code,
        redirect_uri=f"{town_address(request.town)}{RETURN}",
        following=following,
        user=request.user.pk,
    )
    try:
        response: HttpResponse = redirect(address_for(found, errand))
    except CardTrouble as refusal:
        return _trouble(request, refusal.trouble, following)
    give(response, errand, secure=request.is_secure())
    return response


@never_cache
@require_GET
def arrive(request: CardRequest) -> HttpResponse:
    """Take what came back: who holds the card, and that it was held now."""
    outcome = request.card
    following = outcome.errand.following if outcome.errand else reverse("applications")
    try:
        response = _take(request, outcome, following)
    except CardTrouble as refusal:
        response = _trouble(request, refusal.trouble, following)
    take_away(response)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _take(request: CardRequest, outcome: Outcome, following: str) -> HttpResponse:
    facts, errand = outcome.facts, outcome.errand
    if facts is None or errand is None:
        raise CardTrouble(outcome.trouble or Trouble.LOST)
    if errand.town != request.town.code or errand.user != request.user.pk:
        raise CardTrouble(Trouble.LOST, "another town or sign-in")
    signed_in = request.user if isinstance(request.user, User) else None
    card = recognise_card(
        facts=facts,
        signed_in=signed_in,
        acting_user=signed_in.audit_name if signed_in else "visitor",
    )
    return _go_on(request, card, facts, following)


def _go_on(
    request: CardRequest, card: CardIdentity, facts: CardFacts, following: str
) -> HttpResponse:
    response: HttpResponse = redirect(following)
    if card.person is None:
        response = redirect(f"{reverse('card_standing')}?{urlencode({'next': following})}")
    elif not request.user.is_authenticated:
        response = _sign_in(request, card.person.user, following)
    keep_card_proof(request, CardProof(facts.at, card.pk))
    return response


def _sign_in(request: CardRequest, user: User | None, following: str) -> HttpResponse:
    if user is None or user.is_staff_member or not user.is_active:
        # A card must never stand in for the second factor of the town hall's own people.
        raise CardTrouble(Trouble.STAFF, "staff by card")
    response: HttpResponse = perform_login(request, user, redirect_url=following)
    return response


@never_cache
@require_GET
def standing(request: HttpRequest) -> HttpResponse:
    """What became of the card that this session was shown."""
    proof = card_proof(request)
    card = CardIdentity.objects.filter(pk=proof.identity).first() if proof else None
    context: dict[str, Any] = {
        "card": card,
        "following": safe_following(request.GET.get("next", "")),
        "tab": "settings",
    }
    return render(request, "identity/standing.html", context)


@require_GET
def keys(request: HttpRequest) -> JsonResponse:
    """Our public key, for whoever registers this town at the card service."""
    return JsonResponse(public_keys(), headers={"Cache-Control": "public, max-age=3600"})


def _trouble(request: HttpRequest, trouble: Trouble, following: str) -> HttpResponse:
    words = trouble.value
    context = {"words": words, "following": following, "tab": "procedures"}
    context["may_try_again"] = trouble not in (Trouble.OFF, Trouble.STAFF)
    return render(request, "identity/trouble.html", context, status=words.status)
