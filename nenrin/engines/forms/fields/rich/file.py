"""A document: one question each, of one file or of several photos that belong together."""

from datetime import date
from pathlib import PurePath
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ...language.types import TEXT, Kind, Type, Value
from ..contract import Json, Outside, Question, Refused, list_of
from ..text_rules import tidy_text

TYPES = {
    "pdf": ("application/pdf",),
    "photo": ("image/jpeg", "image/png", "image/heic", "image/heif", "image/webp"),
    "sheet": (
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
}
WORDS = {"pdf": "PDF", "photo": "写真", "sheet": "Excel・Word・CSV"}


class FileQuestion(Question):
    kind: Literal["file"] = "file"
    accepts: Annotated[tuple[Literal["pdf", "photo", "sheet"], ...], Field(min_length=1)] = (
        "photo",
        "pdf",
    )
    most: Annotated[int, Field(ge=1, le=30)] = 5
    megabytes: Annotated[int, Field(ge=1, le=50)] = 20

    blank_words: ClassVar[str] = "写真かファイルを送ってください。"
    when_left_blank: ClassVar[tuple[str, ...]] = ()

    @property
    def type(self) -> Type:
        """The files' references: they can be counted."""
        return Type(Kind.SEVERAL, None, {"each": TEXT})

    @property
    def media_types(self) -> tuple[str, ...]:
        """What may be sent."""
        return tuple(media for accepted in self.accepts for media in TYPES[accepted])

    def clean(self, raw: object, outside: Outside) -> Json:
        """References of files kept elsewhere: id, name, type, size; their bytes never come here."""
        kept = [self._reference(one) for one in list_of(raw)]
        if len(kept) > self.most:
            raise Refused(f"{self.most}つまでです。いらないものを外してください。")
        return kept

    def _reference(self, one: object) -> dict[str, Json]:
        if not isinstance(one, dict) or not one.get("id"):
            raise Refused("ファイルが届いていません。もう一度選んでください。")
        name, size = tidy_text(str(one.get("name", "")))[:200], one.get("bytes")
        shown = PurePath(name).name or "ファイル"
        if not isinstance(size, int) or size <= 0:
            raise Refused(f"「{shown}」は中身が空です。選び直してください。")
        if size > self.megabytes * 1_000_000:
            raise Refused(
                f"「{shown}」は大きすぎます（{self.megabytes}MBまで）。写真を撮り直すか分けてください。"
            )
        if one.get("type") not in self.media_types:
            words = "・".join(WORDS[accepted] for accepted in self.accepts)
            raise Refused(f"「{shown}」の種類は使えません。{words}で送ってください。")
        return {"id": str(one["id"]), "name": shown, "type": one["type"], "bytes": size}

    def load(self, stored: Json) -> Value:
        """The references' ids."""
        if not isinstance(stored, list):
            raise ValueError("not files")
        return tuple(str(one["id"]) for one in stored)

    def display(self, stored: Json) -> str:
        """The names."""
        return "、".join(str(one["name"]) for one in stored)

    def boxes(self, stored: Json) -> Json:
        """The references."""
        return stored

    def samples(self, today: date) -> tuple[Json, ...]:
        """One small file of an accepted type."""
        media = self.media_types[0]
        return ([{"id": "sample", "name": "見本.jpg", "type": media, "bytes": 1000}],)
