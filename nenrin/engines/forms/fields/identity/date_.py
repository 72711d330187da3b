"""A day in 和暦 or 西暦."""

from datetime import date, timedelta
from typing import ClassVar, Literal

from nenrin.core.people.rules import parse_date

from ...language.types import DATE, Type, Value
from ..contract import Json, Outside, Question, Refused, parts_of
from ..text_rules import plain_digits

ERAS = {"R": "令和", "H": "平成", "S": "昭和", "T": "大正", "M": "明治"}
# First days; 明治 is counted from 1868 though its calendar is ours only from 1873.
STARTS = (
    (date(2019, 5, 1), "R"), (date(1989, 1, 8), "H"), (date(1926, 12, 25), "S"),
    (date(1912, 7, 30), "T"), (date(1868, 1, 25), "M"),
)  # fmt: skip
EARLIEST = date(1873, 1, 1)


class DateQuestion(Question):
    kind: Literal["date"] = "date"
    when: Literal["any", "past", "future"] = "any"
    birthday: bool = False

    parts: ClassVar[tuple[str, ...]] = ("era", "year", "month", "day")
    value_type: ClassVar[Type] = DATE
    autocomplete: ClassVar[str | dict[str, str]] = {
        "year": "bday-year", "month": "bday-month", "day": "bday-day"
    }  # fmt: skip

    def clean(self, raw: object, outside: Outside) -> Json:
        """The day as YYYY-MM-DD; typed in boxes or as one text, in either calendar."""
        try:
            day = parse_date(raw if isinstance(raw, str) else self._joined(raw))
        except (ValueError, KeyError) as error:
            words = "その日はありません。元号・年・月・日を確かめてください（例: 昭和30年1月2日）。"
            raise Refused(words) from error
        if day < EARLIEST:
            raise Refused("明治6年（1873年）より前の日は使えません。")
        if self.when == "past" and day > outside.today:
            raise Refused("今日より先の日になっています。元号と年を確かめてください。")
        if self.when == "future" and day < outside.today:
            raise Refused("過ぎた日になっています。今日かそれより先の日を書いてください。")
        return day.isoformat()

    def _joined(self, raw: object) -> str:
        typed = {name: plain_digits(text) for name, text in parts_of(raw, self.parts).items()}
        missing = [name for name in ("year", "month", "day") if not typed[name]]
        words = {"year": "年", "month": "月", "day": "日"}
        if missing:
            raise Refused({name: f"{words[name]}を書いてください。" for name in missing})
        era, year = typed["era"], typed["year"]
        if not era and len(year) < 4 and year != "元":
            raise Refused({"era": "元号を選ぶか、年を西暦4けたで書いてください。"})
        return f"{era}{year}-{typed['month']}-{typed['day']}"

    def load(self, stored: Json) -> Value:
        """The day."""
        if not isinstance(stored, str):
            raise ValueError("not a day")
        return date.fromisoformat(stored)

    def display(self, stored: Json) -> str:
        """令和8年11月26日（2026年）."""
        return in_era(date.fromisoformat(stored))

    def boxes(self, stored: Json) -> Json:
        """Era, year, month and day."""
        day = date.fromisoformat(stored)
        letter, year = era_of(day)
        return {"era": letter, "year": year, "month": str(day.month), "day": str(day.day)}

    def samples(self, today: date) -> tuple[Json, ...]:
        """A day that fits."""
        if self.birthday:
            return (date(today.year - 40, 6, 15).isoformat(),)
        away = {"past": -30, "future": 30, "any": 0}[self.when]
        return ((today + timedelta(days=away)).isoformat(),)


def era_of(day: date) -> tuple[str, str]:
    """The era's letter and the year in it; the first is 元."""
    start, letter = next(era for era in STARTS if day >= era[0])
    year = day.year - start.year + 1
    return letter, "元" if year == 1 else str(year)


def in_era(day: date) -> str:
    """The day in 和暦 with the western year."""
    letter, year = era_of(day)
    return f"{ERAS[letter]}{year}年{day.month}月{day.day}日（{day.year}年）"
