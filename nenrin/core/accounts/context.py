"""What every template knows of ways to sign in."""

from typing import Any

from django.http import HttpRequest

from .card.provider import is_offered


def sign_in(_request: HttpRequest) -> dict[str, Any]:
    """Whether a card can be held here."""
    return {"card_is_offered": is_offered()}
