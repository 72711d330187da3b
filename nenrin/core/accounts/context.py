"""What every template knows of ways to sign in."""

from typing import Any

from django.http import HttpRequest

from .card.offer import is_offered


def sign_in(request: HttpRequest) -> dict[str, Any]:
    """Whether a card can be held here."""
    town = getattr(request, "town", None)
    return {"card_is_offered": bool(town and is_offered(town.code))}
