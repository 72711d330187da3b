"""What a notice is about; residents choose which topics reach which device."""

import csv
from functools import cache
from pathlib import Path


@cache
def topics() -> dict[str, str]:
    """Key and name of every topic, in the order of the page."""
    with (Path(__file__).parent / "data" / "topics.csv").open(encoding="utf-8") as file:
        return {row["key"]: row["label"] for row in csv.DictReader(file)}


def topic_choices() -> list[tuple[str, str]]:
    """For a form."""
    return list(topics().items())
