"""Reading the town's state."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import AlertChange, AlertRule, HazardState


def hazards_in_force() -> QuerySet[HazardState]:
    """What is in force in the town now, strongest first; drills are not."""
    return (
        HazardState.objects.filter(drill=None, strength__gt=0)
        .filter(Q(valid_until=None) | Q(valid_until__gt=timezone.now()))
        .exclude(hazard__in=["quake", "heat", "flash"])
        .order_by("-level", "-strength", "since")
    )


def waiting_drafts() -> QuerySet[AlertChange]:
    """Drafts that telegrams made and nobody has sent yet; an expired one waits no more."""
    return (
        AlertChange.objects.filter(
            action=AlertRule.Action.DRAFT,
            message__released_at=None,
            message__expires_at__gt=timezone.now(),
        )
        .select_related("message", "telegram")
        .order_by("-happened_at")
    )


SCALES: dict[str, dict[int, str]] = {
    "warning": {1: "注意報", 2: "警報", 3: "危険警報", 4: "特別警報"},
    "level": {2: "注意情報", 3: "警戒情報", 4: "危険情報", 5: "発生情報"},
    "intensity": {3: "震度3", 4: "震度4", 5: "震度5弱", 6: "震度5強", 7: "震度6弱"},
    "one": {1: "発表"},
}


@cache
def _hazard_names() -> dict[str, tuple[str, str]]:
    path = Path(__file__).parent / "data" / "hazard_names.csv"
    with path.open(encoding="utf-8") as file:
        return {row["hazard"]: (row["name"], row["scale"]) for row in csv.DictReader(file)}


@dataclass(frozen=True)
class RuleLine:
    """A rule of the town with its hazard and strength in words."""

    rule: AlertRule
    hazard: str
    strength: str


def rule_lines() -> list[RuleLine]:
    """Every rule in the order of the list of hazards, the weaker before the stronger."""
    names = _hazard_names()
    order = {hazard: at for at, hazard in enumerate(names)}
    rules = sorted(
        AlertRule.objects.all(),
        key=lambda rule: (order.get(rule.hazard, len(order)), rule.min_strength),
    )
    lines = []
    for rule in rules:
        name, scale = names.get(rule.hazard, (rule.hazard, "warning"))
        strength = SCALES[scale].get(rule.min_strength, str(rule.min_strength))
        lines.append(RuleLine(rule, name, strength))
    return lines
