"""A telegram of 気象庁防災情報XML as plain values (気象庁防災情報XMLフォーマット 技術資料)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .bodies.earthquake import EarthquakeBody
from .bodies.information import InformationBody
from .bodies.tsunami import TsunamiBody
from .bodies.volcano import VolcanoBody
from .bodies.warnings import WarningBody
from .kinds import TelegramKind
from .places import HeadlineItem

Body = EarthquakeBody | InformationBody | TsunamiBody | VolcanoBody | WarningBody


class Status(StrEnum):
    """Control/Status. Only NORMAL may ever reach people as real."""

    NORMAL = "通常"
    DRILL = "訓練"
    TEST = "試験"


class InfoType(StrEnum):
    """Head/InfoType."""

    ISSUED = "発表"
    CORRECTED = "訂正"
    CANCELLED = "取消"
    DELAYED = "遅延"


@dataclass(frozen=True, slots=True)
class Control:
    """For routing. ``sent_at`` is UTC."""

    title: str
    sent_at: datetime
    status: Status
    editorial_office: str
    publishing_office: str


@dataclass(frozen=True, slots=True)
class Head:
    """Common to all kinds. Times are aware, written in JST; ``event_id`` and ``serial`` may be
    empty."""

    title: str
    report_datetime: datetime
    target_datetime: datetime | None
    valid_datetime: datetime | None
    event_id: str
    info_type: InfoType
    serial: str
    info_kind: str
    info_kind_version: str
    headline: str
    digest: tuple[HeadlineItem, ...]
    report_datetime_text: str


@dataclass(frozen=True, slots=True)
class Telegram:
    """One telegram; ``body`` is None for kinds of which only the head is read."""

    kind: TelegramKind
    control: Control
    head: Head
    body: Body | None
