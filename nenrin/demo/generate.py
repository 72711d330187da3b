"""A made-up town, the same every time from a seed. Nobody in it lives."""

import csv
import hashlib
import hmac
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from .shape import ADULT, CHILD, ELDER, TownShape, household_makes

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 11, 24)
HOUSES_PER_NEIGHBOURHOOD = 12
AGES = {ELDER: (65, 98), ADULT: (24, 64), CHILD: (0, 19)}
# How likely a person of this age has a device of this kind.
DEVICES = {
    ELDER: {"webpush": 0.14, "line": 0.16, "email": 0.08, "sms": 0.45},
    ADULT: {"webpush": 0.55, "line": 0.45, "email": 0.25, "sms": 0.90},
    CHILD: {"webpush": 0.10, "line": 0.08, "email": 0.0, "sms": 0.0},
}
NOTHING_DIGITAL = 0.08
TABLET_ELDERS, TABLET_OTHERS = 0.42, 0.06


@dataclass(frozen=True)
class DemoEndpoint:
    """An address of a person (index in the household) or of the household (None)."""

    kind: str
    address: str
    person: int | None


@dataclass(frozen=True)
class DemoPerson:
    """A made-up resident."""

    number: str
    given_name: str
    given_name_kana: str
    sex: str
    birth_date: date
    age_group: str


@dataclass(frozen=True)
class DemoHousehold:
    """A made-up household; ``watcher`` is a relative outside the town, or None."""

    number: str
    family_name: str
    family_name_kana: str
    district: str
    neighbourhood: int
    address: str
    persons: tuple[DemoPerson, ...]
    endpoints: tuple[DemoEndpoint, ...] = field(default=())
    watcher: DemoPerson | None = None


def generate_town(
    seed: str, shape: TownShape, districts: list[tuple[str, str]]
) -> list[DemoHousehold]:
    """All households of a made-up town. ``districts`` are (code, address prefix) pairs."""
    random = Random(f"{seed}:town")
    makes = household_makes(shape, random)
    houses = _share_out(len(makes), len(districts), random)
    made, number = [], 0
    for (code, prefix), count in zip(districts, houses, strict=True):
        for house in range(count):
            made.append(_household(seed, number, makes[number], (code, prefix, house)))
            number += 1
    return made


def _share_out(households: int, districts: int, random: Random) -> list[int]:
    weights = [random.uniform(0.6, 1.6) for _ in range(districts)]
    shares = [int(households * weight / sum(weights)) for weight in weights]
    shares[0] += households - sum(shares)
    return shares


def _household(
    seed: str, number: int, make: list[str], place: tuple[str, str, int]
) -> DemoHousehold:
    random = Random(f"{seed}:{number}")
    code, prefix, house = place
    family, kana = _family_name(random)
    persons = tuple(_persons(random, number, make))
    watched = ADULT not in make and random.random() < 0.5
    return DemoHousehold(
        number=f"{number + 1:06d}",
        family_name=family,
        family_name_kana=kana,
        district=code,
        neighbourhood=house // HOUSES_PER_NEIGHBOURHOOD + 1,
        address=f"{prefix}{random.randint(1, 1800)}番地{random.randint(1, 30)}",
        persons=persons,
        endpoints=tuple(_endpoints(random, seed, number, make)),
        watcher=_person(random, f"X{number + 1:07d}", ADULT) if watched else None,
    )


def _persons(random: Random, number: int, make: list[str]) -> Iterator[DemoPerson]:
    for index, group in enumerate(make):
        yield _person(random, f"{number + 1:06d}{index + 1:02d}", group, index % 2)


def _person(random: Random, number: str, group: str, parity: int = 0) -> DemoPerson:
    youngest, oldest = AGES[group]
    days = random.randint(youngest * 365 + 30, oldest * 365)
    birth = TODAY - timedelta(days=days + days // 1461)
    sex = random.choice("FM") if group == CHILD else "MF"[parity]
    given, kana = random.choice(_given_names(sex, birth.year))
    return DemoPerson(number, given, kana, sex, birth, group)


def _endpoints(random: Random, seed: str, number: int, make: list[str]) -> Iterator[DemoEndpoint]:
    old = ADULT not in make
    if random.random() < (0.75 if old else 0.3):
        yield DemoEndpoint("voice", f"+81233{number:06d}", None)
    if random.random() < NOTHING_DIGITAL * (2.4 if old else 0.55):
        return
    if random.random() < (TABLET_ELDERS if ELDER in make else TABLET_OTHERS):
        yield DemoEndpoint("tablet", device_id(seed, "tablet", number, 0), None)
    for index, group in enumerate(make):
        for kind, chance in DEVICES[group].items():
            if random.random() < chance:
                yield DemoEndpoint(kind, _address(seed, kind, number, index), index)


def _address(seed: str, kind: str, number: int, index: int) -> str:
    """A made-up address. Nobody has a mobile number 090-0…: those are not assigned (総務省)."""
    name = device_id(seed, kind, number, index)
    return {
        "webpush": name,
        "line": "U" + hashlib.md5(name.encode(), usedforsecurity=False).hexdigest(),
        "email": f"{name}@residents.invalid",
        "sms": f"+81900{number * 10 + index:07d}",
    }[kind]


def device_id(seed: str, kind: str, number: int, index: int) -> str:
    """Name of a made-up device."""
    return f"{seed}-{kind}-{number + 1:05d}-{index}"


def tablet_token(seed: bytes, name: str) -> str:
    """Token that a made-up tablet was given when it was paired."""
    return hmac.digest(seed, b"tablet\0" + name.encode(), hashlib.sha256).hex()


def _family_name(random: Random) -> tuple[str, str]:
    rows, weights = _family_names()
    return random.choices(rows, weights)[0]


@cache
def _family_names() -> tuple[list[tuple[str, str]], list[int]]:
    with (DATA / "family_names.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [(row["name"], row["kana"]) for row in rows], [int(row["weight"]) for row in rows]


@cache
def _given_names(sex: str, year: int) -> list[tuple[str, str]]:
    with (DATA / "given_names.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["sex"] == sex]
    starts = sorted({int(row["born_from"]) for row in rows})
    start = starts[max(0, bisect_right(starts, year) - 1)]
    return [(row["name"], row["kana"]) for row in rows if int(row["born_from"]) == start]
