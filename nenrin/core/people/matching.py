"""Whether a card and a line of the register mean the same person, however each writes it.

Pure rules. Two texts are compared in a plain form: full and half width are one, 異体字 are their
usual character, 大字・字 and the prefecture in front are left out, 番地・番・号・の are hyphens.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

VARIANTS = Path(__file__).parent / "data" / "kanji_variants.csv"
BLANKS = re.compile(r"[\s\u3000・･]+")
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
HYPHENS = re.compile("[‐‑‒–—―−ー－ｰ﹣]")
PREFECTURE = re.compile(r"^(?:北海道|東京都|京都府|大阪府|.{2,3}県)")
COUNTY = re.compile(r"^.{1,5}?郡(?=.{1,6}[町村])")
KANJI_DIGITS = "〇一二三四五六七八九"
# A numeral beside a word that counts: 二丁目, 十五番地の一.
NUMERAL = f"[{KANJI_DIGITS}十百千]+"
COUNTED = re.compile(rf"{NUMERAL}(?=丁目|番|号)|(?<=番地の){NUMERAL}|(?<=番地){NUMERAL}")
UNITS = re.compile(r"番地の|番地|丁目|番|号|(?<=\d)の(?=\d)")
EXACT, CLOSE = 3, 2


@cache
def _usual() -> dict[int, str]:
    with VARIANTS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {ord(one): row["usual"] for row in rows for one in row["variants"]}


def plain_name(text: str) -> str:
    """A name without blanks, in the usual characters."""
    plain = unicodedata.normalize("NFKC", SELECTORS.sub("", text))
    return BLANKS.sub("", plain).translate(_usual())


def plain_address(text: str, town: str) -> str:
    """An address from the town's name on: 金山町大字金山324番地の1 is 金山324-1."""
    plain = BLANKS.sub("", unicodedata.normalize("NFKC", SELECTORS.sub("", text)))
    plain = HYPHENS.sub("-", plain).translate(_usual())
    plain = COUNTY.sub("", PREFECTURE.sub("", plain)).removeprefix(plain_name(town))
    plain = COUNTED.sub(lambda found: str(_number(found.group())), plain)
    plain = UNITS.sub("-", plain.removeprefix("大字").replace("大字", "").replace("字", ""))
    return re.sub(r"-+", "-", plain).strip("-")


def _number(text: str) -> int:
    """A kanji numeral below ten thousand."""
    if not re.search("[十百千]", text):
        return int("".join(str(KANJI_DIGITS.index(one)) for one in text))
    total, digit = 0, 0
    for one in text:
        if one in KANJI_DIGITS:
            digit = KANJI_DIGITS.index(one)
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[one]
            digit = 0
    return total + digit


@dataclass(frozen=True)
class Described:
    """A person as one side describes them; ``kana`` may be missing."""

    name: str
    birth_date: date | None
    address: str
    kana: str = ""


@dataclass(frozen=True)
class Likeness:
    """In what a card and a line of the register agree."""

    name: bool
    birth_date: bool
    address: bool

    @property
    def agreed(self) -> int:
        """How many of the three agree."""
        return self.name + self.birth_date + self.address

    @property
    def is_exact(self) -> bool:
        """Whether nothing differs."""
        return self.agreed == EXACT

    @property
    def is_close(self) -> bool:
        """Whether a person of the town hall should look at it."""
        return self.agreed >= CLOSE


def likeness(card: Described, line: Described, town: str) -> Likeness:
    """Compare a card with a line of the register."""
    same_kana = not (card.kana and line.kana) or plain_name(card.kana) == plain_name(line.kana)
    return Likeness(
        name=plain_name(card.name) == plain_name(line.name) and same_kana,
        birth_date=card.birth_date is not None and card.birth_date == line.birth_date,
        address=plain_address(card.address, town) == plain_address(line.address, town),
    )
