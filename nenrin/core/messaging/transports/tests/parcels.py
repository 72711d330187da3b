"""Words and parcels for tests: made up, with every field that matters settable."""

from datetime import UTC, datetime, timedelta
from typing import Any

from nenrin.core.messaging.transports.contract import (
    Fate,
    HouseholdLabel,
    Outcome,
    Parcel,
    Words,
)

MESSAGE = "0f1e2d3c-4b5a-4678-8796-a5b4c3d2e1f0"
RELEASED = datetime(2026, 11, 24, 6, 30, 15, 123456, tzinfo=UTC)


def make_words(**changed: Any) -> Words:
    content: dict[str, Any] = {
        "message_id": MESSAGE,
        "town_code": "063614",
        "town_name": "金山町",
        "heading": "【避難指示】中田地区",
        "body": "すぐに中田公民館へ避難してください。\n川に近づかないでください。",
        "easy_body": "すぐ にげて ください。",
        "reading": "ひなんしじです。すぐににげてください。",
        "severity": 4,
        "is_drill": False,
        "asks_safety": False,
        "released_at": RELEASED,
        "expires_at": datetime.now(UTC) + timedelta(hours=6),
    }
    return Words(**(content | changed))


def make_parcel(number: int, address: str = "", **changed: Any) -> Parcel:
    content: dict[str, Any] = {
        "delivery_id": number,
        "address": address,
        "keys": {},
        "link": f"https://kaneyama.example/m/token{number}",
        "receipt": f"https://kaneyama.example/r/token{number}",
    }
    return Parcel(**(content | changed))


def make_label(number: str, neighbourhood: str = "1班") -> HouseholdLabel:
    return HouseholdLabel(number, f"杉山 {number}郎", f"中田{number}番地", "中田", neighbourhood)


def fates(outcomes: list[Outcome]) -> dict[int, Fate]:
    """Fate by delivery; fails where one delivery got two outcomes."""
    found = {outcome.delivery_id: outcome.fate for outcome in outcomes}
    assert len(found) == len(outcomes), outcomes
    return found
