"""A person's name with フリガナ. 外字 and emoji are kept as typed."""

from datetime import date
from typing import ClassVar, Literal

from ...language.types import TEXT, Kind, Type, Value
from ..contract import Json, Outside, Question, Refused, parts_of
from ..text_rules import is_katakana, katakana, tidy_text

LONGEST = 60
WORDS = {"family": "名字", "given": "名前"}


class NameQuestion(Question):
    kind: Literal["name"] = "name"
    reading: bool = True

    parts: ClassVar[tuple[str, ...]] = ("family", "given", "family_kana", "given_kana", "single")
    value_type: ClassVar[Type] = Type(Kind.RECORD, None, dict.fromkeys(parts[:4], TEXT))
    autocomplete: ClassVar[str | dict[str, str]] = {"family": "family-name", "given": "given-name"}

    def clean(self, raw: object, outside: Outside) -> Json:
        """Both names with their readings; someone with one name ticks that there is no other."""
        typed = parts_of(raw, self.parts)
        wanted = ["family"] if typed["single"] else ["family", "given"]
        found = {name: tidy_text(typed[name]) for name in wanted}
        problems = {name: f"{WORDS[name]}を書いてください。" for name in wanted if not found[name]}
        problems |= {
            name: f"{WORDS[name]}は{LONGEST}文字までです。"
            for name, text in found.items()
            if len(text) > LONGEST
        }
        if self.reading:
            for name in wanted:
                kana = found[f"{name}_kana"] = katakana(typed[f"{name}_kana"])
                if not is_katakana(kana) or len(kana) > LONGEST:
                    problems[f"{name}_kana"] = f"{WORDS[name]}の読みを、カタカナで書いてください。"
        if problems:
            raise Refused(problems)
        return found

    def load(self, stored: Json) -> Value:
        """The parts."""
        if not isinstance(stored, dict) or not stored.get("family"):
            raise ValueError("not a name")
        return stored

    def display(self, stored: Json) -> str:
        """名字 名前（ミョウジ ナマエ）."""
        name = " ".join(filter(None, (stored.get("family"), stored.get("given"))))
        kana = " ".join(filter(None, (stored.get("family_kana"), stored.get("given_kana"))))
        return f"{name}（{kana}）" if kana else name

    def samples(self, today: date) -> tuple[Json, ...]:
        """A made-up name."""
        name = {"family": "見本", "given": "太郎"}
        kana = {"family_kana": "ミホン", "given_kana": "タロウ"} if self.reading else {}
        return (name | kana,)
