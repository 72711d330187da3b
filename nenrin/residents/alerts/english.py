"""The same alert in English, from catalogues: names of hazards and what to do first."""

import csv
from datetime import datetime
from functools import cache
from pathlib import Path

from nenrin.core.areas.japan import JST

from .rules import Change

DATA = Path(__file__).parent / "data"
UNKNOWN = "Follow the news and take care."
NOT_WARNINGS = {
    "quake": "",
    "tornado": "information",
    "heat": "alert",
    "flash": "information",
    "volcano": "information",
}
GRADES = {1: "advisory", 2: "warning", 3: "danger warning", 4: "emergency warning"}
INTENSITIES = ("1", "2", "3", "4", "5 lower", "5 upper", "6 lower", "6 upper", "7")


@cache
def _names() -> dict[str, str]:
    with (DATA / "english_names.csv").open(encoding="utf-8") as file:
        return {row["hazard"]: row["name"] for row in csv.DictReader(file)}


@cache
def _advice() -> list[tuple[str, int, str]]:
    with (DATA / "english_words.csv").open(encoding="utf-8") as file:
        return [
            (row["hazard"], int(row["min_strength"]), row["todo"]) for row in csv.DictReader(file)
        ]


def english_words(change: Change, *, place: str, reported_at: datetime) -> dict[str, str]:
    """Title and body of a change in the town called ``place``; ``reported_at`` is aware."""
    now = hazard_name(change.after.hazard, change.after.strength)
    source = f"Japan Meteorological Agency, {reported_at.astimezone(JST):%-d %B %H:%M}"
    if change.kind == "raised" or change.after.strength > change.before.strength:
        level = change.after.level
        equivalent = f" (equivalent to alert level {level})" if level else ""
        todo = advice_in_english(change.after.hazard, change.after.strength)
        body = f"{todo}\n\n{now}: {place}{equivalent}.\n{source}"
        return {"title": f"{place}: {now}"[:120], "body": body}
    old = hazard_name(change.before.hazard, change.before.strength)
    sentence = {
        "lifted": f"{old}: lifted for {place}.",
        "cancelled": f"{old}: cancelled for {place}. The earlier message was a mistake.",
        "corrected": f"Corrected for {place}: {now}.",
    }.get(change.kind, f"{place}: {old} is now {now}.")
    care = "" if change.kind == "cancelled" else "\nPlease still take care around you."
    return {"title": sentence.rstrip(".")[:120], "body": f"{sentence}{care}\n{source}"}


def hazard_name(hazard: str, strength: int) -> str:
    """For instance Landslide warning; Earthquake, intensity 5 lower; River flood, level 3."""
    name = _names().get(hazard, "Weather")
    if hazard == "quake" and 0 < strength <= len(INTENSITIES):
        return f"{name}, intensity {INTENSITIES[strength - 1]}"
    if hazard == "river":
        return f"{name}, level {strength}" if strength else name
    return f"{name} {NOT_WARNINGS.get(hazard, GRADES.get(strength, ''))}".strip()


def advice_in_english(hazard: str, strength: int) -> str:
    """What to do first."""
    fitting = [row for row in _advice() if row[0] == hazard and row[1] <= strength]
    return max(fitting, key=lambda row: row[1])[2] if fitting else UNKNOWN
