"""Which households a round has: kept beside the PDFs, so that a later shard adds, never loses."""

import fcntl
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from ..contract import HouseholdLabel, Parcel
from ..state_files import safe_name, write_atomically

REGISTER = "households.json"
LONE = ""
"""The place of a household without 班; its sheet comes last."""


def by_district(parcels: Sequence[Parcel]) -> dict[str, list[Parcel]]:
    """Parcels of each 地区; those without a household are left out."""
    districts: defaultdict[str, list[Parcel]] = defaultdict(list)
    for parcel in parcels:
        if parcel.household:
            districts[parcel.household.district].append(parcel)
    return dict(districts)


def rounds_of(households: Sequence[HouseholdLabel]) -> list[tuple[str, list[HouseholdLabel]]]:
    """A 地区's rounds: each 班 by its number, with its households by theirs."""
    ordered = sorted(households, key=lambda label: (*_place(label.neighbourhood), *_rank(label)))
    return [
        (name, list(members))
        for name, members in groupby(ordered, key=lambda label: label.neighbourhood)
    ]


def _place(neighbourhood: str) -> tuple[bool, int, str]:
    return neighbourhood == LONE, len(neighbourhood), neighbourhood


def _rank(label: HouseholdLabel) -> tuple[int, str]:
    return len(label.number), label.number


def pdf_path(folder: Path, district: str) -> Path:
    return folder / f"{safe_name(district)}.pdf"


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Two workers may hold shards of one message: the second waits until the first has written."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def add_households(
    folder: Path, districts: dict[str, list[HouseholdLabel]]
) -> dict[str, list[HouseholdLabel]]:
    """Join these to the message's register; return all that is known of each 地区 named.

    One file for all rounds, for a disk takes its time over each.
    """
    register = folder / REGISTER
    known = _read(register)
    joined = known | {
        (label.district, label.number): label for labels in districts.values() for label in labels
    }
    if joined != known:
        rows = [asdict(label) for label in joined.values()]
        write_atomically(register, json.dumps(rows, ensure_ascii=False).encode())
    found: dict[str, list[HouseholdLabel]] = {district: [] for district in districts}
    for label in joined.values():
        if label.district in found:
            found[label.district].append(label)
    return found


def _read(register: Path) -> dict[tuple[str, str], HouseholdLabel]:
    if not register.exists():
        return {}
    labels = [HouseholdLabel(**row) for row in json.loads(register.read_bytes())]
    return {(label.district, label.number): label for label in labels}
