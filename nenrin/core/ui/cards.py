"""Sections that modules put on pages they do not own: the desk, the resident's home, a message."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from nenrin.core.registry.registry import Registry

Context = dict[str, Any]


@dataclass(frozen=True)
class Card:
    """One section of a page.

    ``place`` is ``staff_home``, ``resident_home``, ``message_page``, ``reach_page``,
    ``tablet_home``, ``application_page`` or ``case_page``. ``context`` is asked with the request
    and what the page knows (for a message page ``message`` and ``delivery``, for the last two
    ``application``); None leaves the section out.
    """

    key: str
    place: str
    order: int
    template: str
    context: Callable[[HttpRequest, Context], Context | None]


cards: Registry[Card] = Registry("card")


def cards_at(place: str) -> list[Card]:
    """The sections of a place in their order."""
    return sorted((card for card in cards if card.place == place), key=lambda card: card.order)
