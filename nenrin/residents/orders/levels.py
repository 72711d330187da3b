"""The words of the town's own messages: kinds, levels, hazards. Pure."""

from django.db.models import IntegerChoices, TextChoices

from nenrin.core.messaging.states import Severity


class Kind(TextChoices):
    """What staff write."""

    NEWS = "news", "ふつうの知らせ"
    IMPORTANT = "important", "重要な知らせ"
    ORDER = "order", "避難情報"
    LIFT = "lift", "解除"
    CANCEL = "cancel", "取消"
    WEATHER = "weather", "気象の知らせ"


class Level(IntegerChoices):
    """The town's order (警戒レベル); the law's words."""

    ELDERLY = 3, "高齢者等避難"
    EVACUATE = 4, "避難指示"
    EMERGENCY = 5, "緊急安全確保"


class Hazard(TextChoices):
    """Why."""

    LANDSLIDE = "landslide", "土砂災害"
    FLOOD = "flood", "洪水"
    SNOW = "snow", "大雪"
    QUAKE = "quake", "地震"
    OTHER = "other", "その他"


ENDINGS = (Kind.LIFT, Kind.CANCEL)


def severity_of(kind: str, level: int | None) -> Severity:
    """Which ladder a message climbs. An ending is told once, to everyone who was told before."""
    if kind == Kind.ORDER and level:
        return Severity(level)
    if kind == Kind.IMPORTANT:
        return Severity.LEVEL_2
    return Severity.INFORM if kind in ENDINGS else Severity.NOTICE
