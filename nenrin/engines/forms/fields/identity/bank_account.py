"""A bank account: ゆうちょ by 記号番号, every other by codes and number."""

from datetime import date
from typing import ClassVar, Literal

from ...language.types import TEXT, Kind, Type, Value
from ..contract import Json, Outside, Question, Refused, parts_of
from ..text_rules import is_katakana, katakana, plain_digits, tidy_text
from .bank_rules import as_other_banks_write, yucho_problem

TYPES = {"ordinary": "普通", "current": "当座", "saving": "貯蓄"}


class BankAccountQuestion(Question):
    kind: Literal["bank_account"] = "bank_account"

    parts: ClassVar[tuple[str, ...]] = (
        "bank", "symbol", "yucho_number", "bank_name", "bank_code", "branch_name", "branch_code",
        "account_type", "account_number", "holder",
    )  # fmt: skip
    value_type: ClassVar[Type] = Type(Kind.RECORD, None, dict.fromkeys(parts, TEXT))

    def clean(self, raw: object, outside: Outside) -> Json:
        """The account in other banks' terms, and for ゆうちょ its 記号番号 as well."""
        typed = parts_of(raw, self.parts)
        holder = katakana(typed["holder"]).upper()
        problems = {}
        if not holder or len(holder) > 48 or not is_katakana(holder.translate(_LATIN)):
            problems["holder"] = "口座の名義を、通帳のとおりカタカナで書いてください。"
        is_yucho = typed["bank"] == "yucho"
        found, wrong = _yucho(typed) if is_yucho else _other(typed)
        problems |= wrong
        if typed["bank"] not in ("yucho", "other"):
            problems = {"bank": "ゆうちょ銀行か、そのほかの金融機関かを選んでください。"}
        if problems:
            raise Refused(problems)
        return {"bank": typed["bank"], **found, "holder": holder}

    def load(self, stored: Json) -> Value:
        """The parts."""
        if not isinstance(stored, dict):
            raise ValueError("not an account")
        return stored

    def display(self, stored: Json) -> str:
        """One line; the number's first digits are covered."""
        bank = "ゆうちょ銀行" if stored["bank"] == "yucho" else stored["bank_name"]
        kind = TYPES[stored["account_type"]]
        number = "●●●●" + str(stored["account_number"])[4:]
        return f"{bank} {stored['branch_name']} {kind} {number} {stored['holder']}"

    def samples(self, today: date) -> tuple[Json, ...]:
        """One account of either kind."""
        yucho = {"bank": "yucho", "symbol": "14030", "yucho_number": "12345671"}
        yucho |= as_other_banks_write("14030", "12345671") | {"holder": "ミホン タロウ"}
        other = {
            "bank": "other", "bank_name": "見本銀行", "bank_code": "0000", "branch_name": "本店",
            "branch_code": "001", "account_type": "ordinary", "account_number": "0000001",
            "holder": "ミホン タロウ",
        }  # fmt: skip
        return yucho, other


_LATIN = str.maketrans(dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789()./", "ー"))


def _yucho(typed: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    symbol, number = plain_digits(typed["symbol"]), plain_digits(typed["yucho_number"])
    wrong = yucho_problem(symbol, number)
    if wrong:
        return {}, {"yucho_number" if part == "number" else part: w for part, w in wrong.items()}
    return {"symbol": symbol, "yucho_number": number, **as_other_banks_write(symbol, number)}, {}


def _other(typed: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    found = {name: tidy_text(typed[name]) for name in ("bank_name", "branch_name")}
    wrong = {
        name: f"{word}の名前を書いてください。"
        for name, word in (("bank_name", "金融機関"), ("branch_name", "支店"))
        if not found[name] or len(found[name]) > 40
    }
    for name, length, word in (
        ("bank_code", 4, "金融機関コード"), ("branch_code", 3, "支店番号"),
        ("account_number", 7, "口座番号"),
    ):  # fmt: skip
        digits = plain_digits(typed[name]).replace("-", "")
        found[name] = digits.zfill(length) if name == "account_number" and digits else digits
        if not (found[name].isascii() and found[name].isdigit() and len(found[name]) == length):
            wrong[name] = f"{word}を{length}けたの数字で書いてください。"
    found["account_type"] = typed["account_type"]
    if typed["account_type"] not in TYPES:
        wrong["account_type"] = "口座の種類を選んでください。"
    return found, wrong
