"""Write a made-up town into the database."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from nenrin.core.areas.models import District, Neighbourhood
from nenrin.core.audit.services.record_act import record_act
from nenrin.core.messaging.models import Endpoint
from nenrin.core.people.models import Consent, Household, Person, Relation, Visitor
from nenrin.rehearsal.keys import device_keys

from ..generate import DemoHousehold, DemoPerson, generate_town, tablet_token
from ..shape import TownShape

BATCH = 2000
UNCONSENTED_EVERY = 500


class DemoRefused(Exception):
    """The town holds households already; the text says what to do, in Japanese."""


@dataclass(frozen=True)
class DemoSource:
    """From what a demo is made: its seed, and where its devices' push service listens."""

    seed: str
    push_base: str
    shape: TownShape


@transaction.atomic
def load_demo_town(*, source: DemoSource) -> int:
    """Fill the town in scope with made-up people; returns the number of households.

    Raises DemoRefused where there are households: made-up people are never mixed with real ones.
    """
    if Household.objects.exists():
        raise DemoRefused("この町には世帯がもう入っています。作りものの町は空の町にだけ入ります。")
    districts = {district.code: district for district in District.objects.all()}
    places = [(code, f"大字{d.oaza.name if d.oaza else d.name}") for code, d in districts.items()]
    demo = generate_town(source.seed, source.shape, places)
    households = _make_households(demo, districts)
    persons = _make_persons(demo, households)
    _make_watchers(demo, persons)
    _make_endpoints(demo, households, persons, source)
    _make_visitors(districts.values())
    record_act(actor="system", action="demo.load", subject="town", detail={"households": len(demo)})
    return len(demo)


def _make_households(
    demo: list[DemoHousehold], districts: dict[str, District]
) -> dict[str, Household]:
    wanted = sorted({(home.district, home.neighbourhood) for home in demo})
    rounds = Neighbourhood.objects.bulk_create(
        Neighbourhood(district=districts[code], number=number) for code, number in wanted
    )
    by_round = dict(zip(wanted, rounds, strict=True))
    made = Household.objects.bulk_create(
        (
            Household(
                number=home.number,
                district=districts[home.district],
                neighbourhood=by_round[home.district, home.neighbourhood],
                address=home.address,
            )
            for home in demo
        ),
        batch_size=BATCH,
    )
    return {household.number: household for household in made}


def _person(home: DemoHousehold, person: DemoPerson, **fields: Any) -> Person:
    return Person(
        number=person.number,
        family_name=home.family_name,
        family_name_kana=home.family_name_kana,
        given_name=person.given_name,
        given_name_kana=person.given_name_kana,
        birth_date=person.birth_date,
        sex=person.sex,
        **fields,
    )


def _make_persons(demo: list[DemoHousehold], households: dict[str, Household]) -> dict[str, Person]:
    made = Person.objects.bulk_create(
        (
            _person(home, person, household=households[home.number], is_head=index == 0)
            for home in demo
            for index, person in enumerate(home.persons)
        ),
        batch_size=BATCH,
    )
    return {person.number: person for person in made}


def _make_watchers(demo: list[DemoHousehold], persons: dict[str, Person]) -> None:
    pairs = [(home, home.watcher) for home in demo if home.watcher]
    made = Person.objects.bulk_create(_person(home, watcher) for home, watcher in pairs)
    receivers = [persons[home.persons[0].number] for home, _ in pairs]
    Relation.objects.bulk_create(
        Relation(kind=Relation.Kind.WATCHES_OVER, giver=giver, receiver=receiver)
        for giver, receiver in zip(made, receivers, strict=True)
    )
    now = timezone.now()
    Consent.objects.bulk_create(
        Consent(
            person=receiver,
            purpose=Consent.Purpose.SHARE_SAFETY,
            given_at=now,
            given_by="作りもの",
        )
        for receiver in receivers
    )


def _make_endpoints(
    demo: list[DemoHousehold],
    households: dict[str, Household],
    persons: dict[str, Person],
    source: DemoSource,
) -> None:
    now = timezone.now()
    made: list[Endpoint] = []
    for home in demo:
        for endpoint in home.endpoints:
            owner = None if endpoint.person is None else home.persons[endpoint.person]
            made.append(
                Endpoint(
                    household=households[home.number],
                    person=persons[owner.number] if owner else None,
                    kind=endpoint.kind,
                    **_device(endpoint.kind, endpoint.address, source),
                    verified_at=now,
                    consented_at=_consent(len(made), now),
                )
            )
    Endpoint.objects.bulk_create(made, batch_size=BATCH)


def _consent(number: int, now: datetime) -> datetime | None:
    return None if number % UNCONSENTED_EVERY == UNCONSENTED_EVERY - 1 else now


def _device(kind: str, address: str, source: DemoSource) -> dict[str, Any]:
    seed = source.seed.encode()
    if kind == "webpush":
        keys = device_keys(seed, address)
        return {
            "address": f"{source.push_base}/push/{address}",
            "keys": {"p256dh": keys.p256dh_b64, "auth": keys.auth_b64},
        }
    if kind == "tablet":
        token = tablet_token(seed, address)
        return {
            "address": address,
            "keys": {"token_hash": hashlib.sha256(token.encode()).hexdigest()},
        }
    return {"address": address, "keys": {}}


def _make_visitors(districts: Iterable[District]) -> None:
    Visitor.objects.bulk_create(
        Visitor(district=district, name=f"{district.name}の{duty}", duty=duty)
        for district in districts
        for duty in ("民生委員", "自主防災会")
    )


def write_tablet_list(path: Path, seed: str) -> int:
    """Write the tablets of the town in scope as JSON lines for the rehearsal; returns how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tablets = Endpoint.objects.filter(kind="tablet", retired_at=None).values_list(
        "address", flat=True
    )
    lines = [
        json.dumps({"device_id": name, "token": tablet_token(seed.encode(), name)})
        for name in tablets
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)
