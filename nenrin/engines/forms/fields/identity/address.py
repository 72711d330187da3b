"""An address: one of the areas given from outside with 番地 and 方書, or a place elsewhere."""

import re
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ...language.types import TEXT, Kind, Type, Value
from ..contract import Json, Outside, Question, Refused, parts_of
from ..text_rules import plain_digits, tidy_text

POSTAL = re.compile(r"\d{3}-?\d{4}")
LONGEST = 120


class AddressQuestion(Question):
    kind: Literal["address"] = "address"
    areas_from: Annotated[str, Field(max_length=40)] = "areas"
    elsewhere: bool = False
    here: bool = True

    parts: ClassVar[tuple[str, ...]] = ("area", "number", "building", "postal", "elsewhere")
    value_type: ClassVar[Type] = Type(Kind.RECORD, None, dict.fromkeys(parts, TEXT))
    autocomplete: ClassVar[str | dict[str, str]] = {
        "number": "address-line1", "building": "address-line2",
        "postal": "postal-code", "elsewhere": "street-address",
    }  # fmt: skip

    def clean(self, raw: object, outside: Outside) -> Json:
        """The parts of the place here, or 郵便番号 and the whole address elsewhere."""
        typed = parts_of(raw, self.parts)
        if self.elsewhere and (typed["elsewhere"] or typed["postal"] or not self.here):
            return self._elsewhere(typed)
        problems = {}
        areas = {choice.value: choice.label for choice in outside.choices.get(self.areas_from, ())}
        if typed["area"] not in areas:
            problems["area"] = "町名・字を一覧から選んでください。"
        number = plain_digits(typed["number"])
        if not number:
            problems["number"] = "番地を書いてください（例: 324-1）。なければ「番地なし」。"
        building = tidy_text(typed["building"])
        if len(number) > 40:
            problems["number"] = "番地は40文字までです。"
        if len(building) > LONGEST:
            problems["building"] = f"建物名・部屋・〇〇様方は{LONGEST}文字までです。"
        if problems:
            raise Refused(problems)
        place = {"area": typed["area"], "area_name": areas[typed["area"]], "number": number}
        return place | ({"building": building} if building else {})

    def _elsewhere(self, typed: dict[str, str]) -> Json:
        postal, place = plain_digits(typed["postal"]), tidy_text(typed["elsewhere"])
        problems = {}
        if not POSTAL.fullmatch(postal):
            problems["postal"] = "郵便番号を7けたで書いてください（例: 999-5402）。"
        if not 5 <= len(place) <= LONGEST:
            problems["elsewhere"] = "都道府県から番地・部屋まで書いてください。"
        if problems:
            raise Refused(problems)
        return {"postal": postal.replace("-", ""), "elsewhere": place}

    def keep(self, stored: Json, outside: Outside) -> Json:
        """Areas are looked up again only where they are known."""
        known = self.areas_from in outside.choices
        return self.take(stored, outside) if known or "elsewhere" in stored else stored

    def load(self, stored: Json) -> Value:
        """The parts."""
        if not isinstance(stored, dict):
            raise ValueError("not an address")
        return stored

    def display(self, stored: Json) -> str:
        """One line."""
        if "elsewhere" in stored:
            postal = str(stored["postal"])
            return f"〒{postal[:3]}-{postal[3:]} {stored['elsewhere']}"
        line = f"{stored.get('area_name', stored.get('area', ''))}{stored.get('number', '')}"
        return " ".join(filter(None, (line, stored.get("building", ""))))

    def samples(self, today: date) -> tuple[Json, ...]:
        """A place here, and one elsewhere where that is allowed."""
        here = {"area": "sample", "area_name": "見本字", "number": "1-1"}
        away = {"postal": "9990000", "elsewhere": "見本県見本市見本町1-1"}
        return tuple(
            place for place, fits in ((here, self.here), (away, self.elsewhere)) if fits
        ) or (here,)
