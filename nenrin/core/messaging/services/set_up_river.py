"""Give a new town its channels and ladders; a town edits them afterwards."""

import csv
from pathlib import Path
from typing import Any

from django.db import transaction

from ..models import Channel, Ladder, Rung
from ..transports.contract import transports

LADDERS = Path(__file__).resolve().parent.parent / "data" / "ladders.csv"


@transaction.atomic
def set_up_river(*, options: dict[str, dict[str, Any]]) -> None:
    """Make the channels for which ``options`` (by transport kind) are given, and the ladders.

    Options are checked by the transport's own model (pydantic.ValidationError). What the town has
    already is left alone; run inside its scope.
    """
    for kind, values in options.items():
        transport = transports.get(kind)
        checked = transport.options_model.model_validate(values).model_dump(mode="json")
        Channel.objects.get_or_create(
            kind=kind, defaults={"name": transport.label, "options": checked}
        )
    if Ladder.objects.exists():
        return
    with LADDERS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            ladder, _ = Ladder.objects.get_or_create(
                severity=int(row["severity"]), defaults={"name": row["name"]}
            )
            Rung.objects.create(
                ladder=ladder,
                position=int(row["position"]),
                wait_seconds=int(row["wait_seconds"]),
                kinds=row["kinds"].split(),
            )
