"""Which households a round has: kept beside the PDFs, so that a later shard adds, never loses."""

import fcntl
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from ..contract import HouseholdLabel, Parcel
from ..state_files import safe_name, write_atomically

RoundName = tuple[str, str]
REGISTER = "households.json"


def by_round(parcels: Sequence[Parcel]) -> dict[RoundName, list[Parcel]]:
    """Parcels of each 地区・班; those without a household are left out."""
    rounds: defaultdict[RoundName, list[Parcel]] = defaultdict(list)
    for parcel in parcels:
        if parcel.household:
            label = parcel.household
            rounds[(label.district, label.neighbourhood)].append(parcel)
    return dict(rounds)


def pdf_path(folder: Path, name: RoundName) -> Path:
    return folder / f"{'-'.join(safe_name(part) for part in name if part) or '_'}.pdf"


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Two workers may hold shards of one message: the second waits until the first has written."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def add_households(
    folder: Path, rounds: dict[RoundName, list[HouseholdLabel]]
) -> dict[RoundName, list[HouseholdLabel]]:
    """Join these to the message's register; return each round's households in order of number.

    One file for all rounds, for a disk takes its time over each.
    """
    register = folder / REGISTER
    joined = _read(register)
    before = {name: list(labels) for name, labels in joined.items()}
    for name, labels in rounds.items():
        numbered = {label.number: label for label in [*joined.get(name, []), *labels]}
        joined[name] = sorted(
            numbered.values(), key=lambda label: (len(label.number), label.number)
        )
    if joined != before:
        rows = [asdict(label) for labels in joined.values() for label in labels]
        write_atomically(register, json.dumps(rows, ensure_ascii=False).encode())
    return {name: joined[name] for name in rounds}


def _read(register: Path) -> dict[RoundName, list[HouseholdLabel]]:
    found: defaultdict[RoundName, list[HouseholdLabel]] = defaultdict(list)
    if register.exists():
        for row in json.loads(register.read_bytes()):
            label = HouseholdLabel(**row)
            found[(label.district, label.neighbourhood)].append(label)
    return dict(found)
