"""What is done to everything typed: mended where it is harmless, kept where it is somebody's name.

外字, emoji and variation selectors stay as they are; only half-width kana, loose voice marks and
characters nobody can see or a database cannot hold are changed.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from nenrin.core.people.rules import BOXED, TWELVE_DIGITS, contains_my_number

HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]+")
LOOSE_MARKS = re.compile("[\u3041-\u30ff][\u3099\u309a]")
# Controls, bidirectional overrides, byte-order marks and lone surrogates; ZWJ stays for emoji.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
KATAKANA = re.compile(r"[ァ-ヺーヽヾ・ 　\-]+")
MASK = "●" * 12

MY_NUMBER_WORDS = (
    "マイナンバー（12けたの個人番号）らしい数字があります。このフォームでは受け取りません。"
    "その数字を消してください。別の番号なら、あいだに文字を入れて書いてください。"
)


def tidy_text(text: str) -> str:
    """One line as a person meant it: visible, full-width kana, no blanks around."""
    return " ".join(tidy_lines(text).split())


def tidy_lines(text: str) -> str:
    """As `tidy_text`, with its lines kept."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = HALF_WIDTH_KANA.sub(_wide, UNSEEN.sub("", plain))
    return LOOSE_MARKS.sub(_wide, plain).strip()


def _wide(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found.group())


def plain_digits(text: str) -> str:
    """Digits, signs and letters in half width, for numbers and codes."""
    plain = unicodedata.normalize("NFKC", UNSEEN.sub("", text))
    return re.sub("[‐‑–—―−ー－]", "-", plain).strip()


def katakana(text: str) -> str:
    """Hiragana and half-width kana as full-width katakana."""
    return tidy_text(text).translate(HIRAGANA).replace("　", " ")


def is_katakana(text: str) -> bool:
    """Whether the text is nothing but katakana, long marks and middle dots."""
    return KATAKANA.fullmatch(text) is not None


def texts_in(raw: object) -> Iterator[str]:
    """Every text inside what was typed."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, Mapping):
        for held in raw.values():
            yield from texts_in(held)
    elif isinstance(raw, Sequence):
        for held in raw:
            yield from texts_in(held)


def holds_my_number(raw: object) -> bool:
    """Whether any text in what was typed looks like a My Number."""
    return any(contains_my_number(text) for text in texts_in(raw))


def mask_my_numbers(text: str) -> str:
    """The text with every My Number covered, to show it again without keeping it."""
    if not contains_my_number(text):
        return text
    plain = unicodedata.normalize("NFKC", text)
    for pattern in (TWELVE_DIGITS, BOXED):
        plain = pattern.sub(_covered, plain)
    return plain


def _covered(found: re.Match[str]) -> str:
    return MASK if contains_my_number(found.group()) else found.group()
