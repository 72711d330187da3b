"""Carry out a drill and watch it: what the `drill` and `up` commands share."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from nenrin.cli.main import CommandRefused
from nenrin.core.messaging.models import Message
from nenrin.core.messaging.selectors.reach import (
    AreaReach,
    ChannelReach,
    reach_by_channel,
    reach_by_district,
    reach_total,
    sending_times,
    silent_households,
)
from nenrin.core.tenancy.scope import town_scope
from nenrin.residents.alerts.services.run_drill import DrillRefused, start_drill
from nenrin.residents.alerts.telegrams.errors import TelegramError

DEFAULT_TELEGRAM = (
    Path(__file__).resolve().parent.parent / "residents/alerts/telegrams/drill/vpww56_kaneyama.xml"
)
QUIET_SECONDS = 3.0
SILENT_SHOWN = 12


@dataclass(frozen=True)
class DrillResult:
    """Reach at the end, and how long the hand-overs took since the telegram was read."""

    title: str
    total: AreaReach
    channels: list[ChannelReach]
    districts: list[AreaReach]
    silent: list[tuple[str, str, str]]
    first_sent_ms: int | None
    last_sent_ms: int | None
    waiting: int


def run_drill(
    *, town: str, telegram: Path, seconds: float, progress: Callable[[AreaReach, int], None]
) -> DrillResult:
    """Send the telegram down the river as a drill and watch until it is quiet.

    Waits at most ``seconds``; ``progress`` is told the reach a few times a second. Raises
    CommandRefused for a file or a town that cannot be used.
    """
    started = timezone.now()
    try:
        data = telegram.read_bytes()
        with town_scope(town):
            drill = start_drill(data=data, acting_user="nenrin drill")
    except OSError as error:
        raise CommandRefused(f"{telegram} が読めません: {error.strerror}") from error
    except (TelegramError, DrillRefused) as error:
        raise CommandRefused(f"{telegram.name}: {error}") from error
    message = drill.messages[0]
    _watch(town, message, seconds, progress)
    return _result(town, message, drill.title, started)


def _watch(
    town: str, message: Message, seconds: float, progress: Callable[[AreaReach, int], None]
) -> None:
    deadline = time.monotonic() + seconds
    last_change, seen = time.monotonic(), None
    while time.monotonic() < deadline:
        with town_scope(town):
            total, times = reach_total(message.pk), sending_times(message.pk)
        progress(total, times.waiting)
        now_seen = (total, times)
        if now_seen != seen:
            last_change, seen = time.monotonic(), now_seen
        quiet = time.monotonic() - last_change > QUIET_SECONDS
        if quiet and not times.waiting and times.first_sent:
            return
        time.sleep(0.25)


def _result(town: str, message: Message, title: str, started: datetime) -> DrillResult:
    with town_scope(town):
        times = sending_times(message.pk)
        silent = [
            (row.district.name, row.household.number, row.household.address)
            for row in silent_households(message.pk)[:SILENT_SHOWN]
        ]
        return DrillResult(
            title=title,
            total=reach_total(message.pk),
            channels=reach_by_channel(message.pk),
            districts=reach_by_district(message.pk),
            silent=silent,
            first_sent_ms=_milliseconds(started, times.first_sent),
            last_sent_ms=_milliseconds(started, times.last_sent),
            waiting=times.waiting,
        )


def _milliseconds(started: datetime, moment: datetime | None) -> int | None:
    return int((moment - started).total_seconds() * 1000) if moment else None


def default_telegram() -> Path:
    """A real telegram of the corpus where it is at hand, else the project's own."""
    real = settings.NENRIN.corpus / "jma/samples/live2026_18_00_01_260830_VPWW55_fukui_L5.xml"
    return real if real.exists() else DEFAULT_TELEGRAM
