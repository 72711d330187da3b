"""Speaks to the card service before the request's transaction begins.

A slow service then holds no connection to the database; the views find the outcome on the request.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from .client import fetch_facts
from .errand import RETURN, START, Errand, carried
from .facts import CardFacts
from .provider import Provider, provider
from .refusals import CardTrouble, Trouble

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What came of it: the service at the start, the card's facts on return, or the trouble."""

    provider: Provider | None = None
    facts: CardFacts | None = None
    errand: Errand | None = None
    trouble: Trouble | None = None


class CardMiddleware:
    """Sets ``request.card`` on the two addresses of the card."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        act = {START: _start, RETURN: _return}.get(request.path)
        if act:
            request.card = act(request)  # type: ignore[attr-defined]
        return self._get_response(request)


def _start(_request: HttpRequest) -> Outcome:
    try:
        return Outcome(provider=provider())
    except CardTrouble as trouble:
        return _noted(trouble, None)


def _return(request: HttpRequest) -> Outcome:
    errand = None
    try:
        errand = carried(request)
        return Outcome(facts=_facts(request, errand), errand=errand)
    except CardTrouble as trouble:
        return _noted(trouble, errand)


def _facts(request: HttpRequest, errand: Errand) -> CardFacts:
    said = request.GET
    if not constant_time_compare(said.get("state", ""), errand.state):
        raise CardTrouble(Trouble.LOST, "another state")
    found = provider()
    if said.get("iss", found.issuer) != found.issuer:
        raise CardTrouble(Trouble.DOUBTFUL, "another issuer answers")
    if "error" in said:
        cancelled = said["error"] in ("access_denied", "login_required", "interaction_required")
        trouble = Trouble.CANCELLED if cancelled else Trouble.DOWN
        raise CardTrouble(trouble, "the service says error")
    if not said.get("code"):
        raise CardTrouble(Trouble.LOST, "no code")
    return fetch_facts(found, errand, said["code"])


def _noted(refusal: CardTrouble, errand: Errand | None) -> Outcome:
    if refusal.trouble in (Trouble.DOWN, Trouble.DOUBTFUL):
        log.warning("card service: %s", refusal.cause)
    return Outcome(trouble=refusal.trouble, errand=errand)
