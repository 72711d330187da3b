"""Start a drill: the same path as a real telegram, marked 訓練 on every channel."""

from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from nenrin.core.areas.models import TownPlace
from nenrin.core.audit.services.record_act import record_act
from nenrin.core.messaging.models import Message
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import current_town_code

from ..models import Drill, TelegramReading
from ..telegrams.parse import parse_telegram
from ..telegrams.readdress import TelegramPlace, readdress
from .ingest_telegram import store_telegram
from .read_telegram import read_telegram


class DrillRefused(Exception):
    """The telegram sets nothing going in this town; the text says why, in Japanese."""


@dataclass(frozen=True)
class DrillStarted:
    """The drill, what its telegram is, and the messages that went out."""

    drill: Drill
    title: str
    messages: list[Message]


@transaction.atomic
def start_drill(*, data: bytes, acting_user: str) -> DrillStarted:
    """Re-address a telegram to the town in scope and send it down the river as a drill.

    Raises TelegramError for a file that is no telegram, DrillRefused where the town's rules send
    nothing; then nothing is kept.
    """
    drill = Drill.objects.create(id=uuid4(), started_by=acting_user)
    drill_data = readdress(data, telegram_place())
    taken = store_telegram(data=drill_data, received_at=timezone.now(), drill=drill.id)
    messages = read_telegram(row=taken.row, parsed=parse_telegram(drill_data), drill=drill)
    if not messages:
        outcome = TelegramReading.objects.get(telegram=taken.row).outcome
        raise DrillRefused(f"この電文では何も送りません（{outcome}）。別の電文を選んでください。")
    record_act(
        actor=acting_user,
        action="alerts.drill",
        subject=f"drill:{drill.id}",
        detail={"telegram": taken.row.pk, "messages": len(messages)},
    )
    return DrillStarted(drill, taken.parsed.head.title, messages)


def telegram_place() -> TelegramPlace:
    """Names and codes of the town in scope."""
    place = TownPlace.objects.get()
    town = Town.objects.get(pk=current_town_code())
    return TelegramPlace(
        municipality=(town.name, place.municipality_area),
        grouped=(place.grouped_area_name, place.grouped_area),
        primary=(place.primary_area_name, place.primary_area),
        office=(place.prefecture_name, place.forecast_office),
        seismic_prefecture=(place.prefecture_name, town.code[:2]),
        seismic_area=(place.seismic_area_name, place.seismic_area),
        seismic_city=(place.seismic_city_name, place.seismic_city),
    )
