"""Give a new town its alert rules; a town edits them afterwards."""

import csv
from pathlib import Path

from django.db import transaction

from ..models import AlertRule

RULES = Path(__file__).resolve().parent.parent / "data" / "rules.csv"


@transaction.atomic
def set_up_alerts() -> None:
    """Make the rules of an inland snow town, unless the town has rules already."""
    if AlertRule.objects.exists():
        return
    with RULES.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            AlertRule.objects.create(
                hazard=row["hazard"],
                min_strength=int(row["min_strength"]),
                action=row["action"],
                severity=int(row["severity"]),
                asks_safety=row["asks_safety"] == "1",
            )
