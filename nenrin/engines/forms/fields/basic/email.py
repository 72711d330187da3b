"""An e-mail address; whether it is reached is found out elsewhere, by a code."""

import re
from datetime import date
from typing import ClassVar, Literal

from ..contract import Json, Outside, Question, Refused, text_of
from ..text_rules import plain_digits

ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
    r"[A-Za-z]{2,24}"
)
SLIPS = {".con": ".com", ".comm": ".com", ".cp.jp": ".co.jp", ".ne.jo": ".ne.jp", ".jpp": ".jp"}


class EmailQuestion(Question):
    """``verify``: whoever applies alone must type a code that was sent there."""

    kind: Literal["email"] = "email"
    verify: bool = False
    autocomplete: ClassVar[str | dict[str, str]] = "email"

    def clean(self, raw: object, outside: Outside) -> Json:
        """The address with its domain in small letters."""
        text = plain_digits(text_of(raw)).replace(" ", "").removeprefix("mailto:")
        if "@" not in text:
            raise Refused("「@」がありません。name@example.jp のように書いてください。")
        slip = next((end for end in SLIPS if text.lower().endswith(end)), "")
        if slip:
            raise Refused(f"終わりの「{slip}」は「{SLIPS[slip]}」のことですか。確かめてください。")
        if len(text) > 254 or not ADDRESS.fullmatch(text):
            raise Refused(
                "メールアドレスとして読めません。空白や全角の文字がないか確かめてください。"
            )
        name, _, domain = text.rpartition("@")
        return f"{name}@{domain.lower()}"

    def samples(self, today: date) -> tuple[Json, ...]:
        """An address of the domain kept for examples."""
        return ("taro@example.jp",)
