"""A place: a point on the map, or words where no map can be used."""

from datetime import date
from typing import ClassVar, Literal

from ...language.types import NUMBER, TEXT, Kind, Type, Value
from ..contract import Json, Outside, Question, Refused, parts_of
from ..text_rules import plain_digits, tidy_text

JAPAN = {"latitude": (20.0, 46.0), "longitude": (122.0, 154.0)}


class MapPointQuestion(Question):
    kind: Literal["map_point"] = "map_point"

    parts: ClassVar[tuple[str, ...]] = ("latitude", "longitude", "words")
    value_type: ClassVar[Type] = Type(
        Kind.RECORD, None, {"latitude": NUMBER, "longitude": NUMBER, "words": TEXT}
    )

    def clean(self, raw: object, outside: Outside) -> Json:
        """Degrees with six decimals (10 cm) and the words."""
        typed = parts_of(raw, self.parts)
        words = tidy_text(typed["words"])[:200]
        found: dict[str, Json] = {"words": words} if words else {}
        if typed["latitude"] or typed["longitude"]:
            try:
                for name, (least, most) in JAPAN.items():
                    degrees = round(float(plain_digits(typed[name])), 6)
                    if not least <= degrees <= most:
                        raise ValueError(name)
                    found[name] = degrees
            except ValueError as error:
                words = "地図の場所が読めません。もう一度地図を押すか、目印を言葉で書いてください。"
                raise Refused(words) from error
        return found

    def load(self, stored: Json) -> Value:
        """The parts."""
        if not isinstance(stored, dict):
            raise ValueError("not a place")
        return stored

    def display(self, stored: Json) -> str:
        """The words, and the degrees where there are some."""
        point = f"（{stored['latitude']}, {stored['longitude']}）" if "latitude" in stored else ""
        return f"{stored.get('words', '地図の場所')}{point}"

    def samples(self, today: date) -> tuple[Json, ...]:
        """A point with words."""
        return ({"words": "見本の角", "latitude": 38.88, "longitude": 140.34},)
