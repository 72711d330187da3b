"""The words a template proposes for a message: pure, no database, no clock."""

import csv
import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import jaconv

from nenrin.core.areas.japan import JST
from nenrin.core.language.furigana import spoken

from .levels import Hazard, Kind

NAMED_IN_TITLE = 3
WHOLE_TOWN, WHOLE_TOWN_EN = "町内全域", "the whole town"


@dataclass(frozen=True, slots=True)
class Place:
    """A district as it is written and read."""

    name: str
    kana: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What the words are about. Without places the whole town is meant."""

    kind: str
    level: int | None
    hazard: str
    town: str
    town_en: str
    places: tuple[Place, ...]
    at: datetime
    earlier: str = ""
    ordered: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words in every form that a channel needs."""

    title: str
    body: str
    easy_body: str
    reading: str
    english_title: str
    english_body: str

    @property
    def digest(self) -> str:
        """Tells whether staff have changed the words since."""
        parts = (self.title, self.body, self.easy_body, self.reading)
        text = "\x1f".join((*parts, self.english_title, self.english_body))
        return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


@cache
def _templates() -> list[dict[str, str]]:
    with (Path(__file__).parent / "data" / "words.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def propose_words(subject: Subject) -> Proposal:
    """The template for the kind, level and hazard, filled in; empty words where there is none."""
    template = _template(subject)
    values = _values(subject)
    filled = {
        name: template.get(name, "").format(**values)
        for name in ("title", "body", "easy", "reading", "english_title", "english_body")
    }
    return Proposal(
        title=filled["title"][:120],
        body=filled["body"],
        easy_body=filled["easy"],
        reading=spoken(filled["reading"]),
        english_title=filled["english_title"][:200],
        english_body=filled["english_body"],
    )


def _template(subject: Subject) -> dict[str, str]:
    level = str(subject.level or "") if subject.kind == Kind.ORDER else ""
    fitting = [t for t in _templates() if t["kind"] == subject.kind and t["level"] == level]
    for hazard in (subject.hazard, Hazard.OTHER.value):
        for template in fitting:
            if template["hazard"] == hazard:
                return template
    return {}


def _values(subject: Subject) -> dict[str, str]:
    names = [place.name for place in subject.places]
    ordered = subject.ordered or "避難の知らせ"
    return {
        "town": subject.town,
        "town_en": subject.town_en,
        "districts": "・".join(names) or WHOLE_TOWN,
        "districts_short": _short(names),
        "districts_en": _english(subject.places),
        "time": written_time(subject.at),
        "time_en": english_time(subject.at),
        "hazard": Hazard(subject.hazard).label,
        "orders": ordered,
        "earlier": subject.earlier or "知らせ",
    }


def _short(names: list[str]) -> str:
    if not names:
        return WHOLE_TOWN
    rest = len(names) - NAMED_IN_TITLE
    return "・".join(names[:NAMED_IN_TITLE]) + (f"ほか{rest}地区" if rest > 0 else "")


def _english(places: tuple[Place, ...]) -> str:
    names = [jaconv.kana2alphabet(place.kana).capitalize() for place in places]
    return ", ".join(names) or WHOLE_TOWN_EN


def propose_reading(town: str, title: str, body: str) -> str:
    """What a voice should say of words that no template wrote: in kana, place names read right."""
    return spoken(f"{town}からお知らせします。{title}。{' '.join(body.split())}")


def written_time(moment: datetime) -> str:
    """8月30日 14時05分, in Japan's time."""
    local = moment.astimezone(JST)
    return f"{local.month}月{local.day}日 {local.hour}時{local.minute:02d}分"


def english_time(moment: datetime) -> str:
    """2026-08-30 14:05."""
    return f"{moment.astimezone(JST):%Y-%m-%d %H:%M}"
