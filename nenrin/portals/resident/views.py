"""What a resident sees first: what is happening now, the four doors, their ring, the settings."""

import csv
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nenrin.core.messaging.models import Message
from nenrin.core.messaging.selectors.reach import current_messages
from nenrin.core.people.selectors import living_households, person_of
from nenrin.core.ui.keeping import keep_public
from nenrin.core.ui.menu import DOORS
from nenrin.core.ui.switches import read_switches
from nenrin.residents.alerts.english import hazard_name
from nenrin.residents.alerts.models import HazardState
from nenrin.residents.alerts.selectors import hazards_in_force

from .levels import Level
from .reading import Words, level_of, words_for
from .year import year_of

URGENT_FROM = 2


class Coming(NamedTuple):
    """What a door will hold once it is built, and whom to ask until then."""

    words: str
    section: str


class Now(NamedTuple):
    """A message that holds now, in the reader's language."""

    message: Message
    words: Words
    level: Level | None

    @property
    def is_urgent(self) -> bool:
        """Whether it stands on top in its level's colour."""
        return bool(self.message.severity >= URGENT_FROM)


@cache
def _coming() -> dict[str, Coming]:
    with (Path(__file__).parent / "coming.csv").open(encoding="utf-8") as file:
        return {row["door"]: Coming(row["words"], row["section"]) for row in csv.DictReader(file)}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is happening now (or one calm line), the four doors, and the ring."""
    person = person_of(request.user.pk)
    context: dict[str, Any] = happening(request) | {
        "person": person,
        "year": year_of(person) if person else None,
        "households": 0 if person else living_households(),
    }
    return keep_public(request, render(request, "resident/home.html", context))


def happening(request: HttpRequest) -> dict[str, Any]:
    """Messages that hold, the urgent ones apart, and the weather warnings in force."""
    language = read_switches(request).language
    current = [
        Now(message, words_for(message, language), level_of(message))
        for message in current_messages()
    ]
    return {
        "urgent": [now for now in current if now.is_urgent],
        "calm": [now for now in current if not now.is_urgent],
        "hazards": [_in_force(state, language) for state in hazards_in_force()],
    }


def _in_force(state: HazardState, language: str) -> dict[str, Any]:
    is_english = language == "en"
    name = hazard_name(state.hazard, state.strength) if is_english else state.name
    return {"name": name, "level": state.level, "since": state.since}


@require_GET
def door(request: HttpRequest, key: str) -> HttpResponse:
    """What is behind one of the four doors, and what is still to come."""
    if key not in DOORS:
        raise Http404
    context = {"key": key, "label": DOORS[key][0], "coming": _coming().get(key), "tab": key}
    return keep_public(request, render(request, "resident/door.html", context))


@require_GET
def settings_page(request: HttpRequest) -> HttpResponse:
    """How pages look on this device, and the way to one's own data."""
    return render(request, "resident/settings.html", {"tab": "settings"})
