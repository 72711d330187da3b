"""Which households a round has: kept beside the PDF, so that a later shard adds and never loses."""

import fcntl
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from ..contract import HouseholdLabel, Parcel
from ..state_files import safe_name, write_atomically

RoundName = tuple[str, str]


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
    """Two workers may hold shards of one 班: the second waits until the first has written."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def add_households(pdf: Path, labels: Iterable[HouseholdLabel]) -> list[HouseholdLabel]:
    """Join these to the round's households and return all, in order of their numbers."""
    register = pdf.with_suffix(".json")
    joined = {label.number: label for label in _read(register)}
    joined |= {label.number: label for label in labels}
    ordered = sorted(joined.values(), key=lambda label: (len(label.number), label.number))
    content = json.dumps([asdict(label) for label in ordered], ensure_ascii=False).encode()
    if not register.exists() or register.read_bytes() != content:
        write_atomically(register, content)
    return ordered


def _read(register: Path) -> list[HouseholdLabel]:
    if not register.exists():
        return []
    return [HouseholdLabel(**row) for row in json.loads(register.read_bytes())]
