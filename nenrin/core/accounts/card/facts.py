"""What a card says of its holder, read strictly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .refusals import CardTrouble, Trouble

BIRTH = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
LONGEST = 300


@dataclass(frozen=True)
class CardFacts:
    """基本4情報, and ``subject``: the holder's name at this service for our town alone."""

    issuer: str
    subject: str
    name: str
    address: str
    birth_date: date
    gender: str
    at: datetime


def read_facts(claims: Mapping[str, Any], *, issuer: str, subject: str, at: datetime) -> CardFacts:
    """The facts of an answer of the service. Raises CardTrouble for one that lacks some."""
    place = claims.get("address")
    if isinstance(place, Mapping):  # OpenID's own form; the service documents one text
        place = place.get("formatted")
    name, address = _text(claims.get("name")), _text(place)
    birth_date = _birth(_text(claims.get("birthdate")))
    if not (name and address and birth_date):
        raise CardTrouble(Trouble.INCOMPLETE, "claims missing")
    return CardFacts(
        issuer=issuer,
        subject=subject,
        name=name,
        address=address,
        birth_date=birth_date,
        gender=_text(claims.get("gender"))[:1],
        at=at,
    )


def _text(value: object) -> str:
    return value.strip()[:LONGEST] if isinstance(value, str) else ""


def _birth(text: str) -> date | None:
    found = BIRTH.fullmatch(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
