"""Names for systems that know only JIS X 0208 (第1・第2水準).

What people typed is kept and shown as it is everywhere else. Here alone a letter that such a system
lacks becomes its usual form (髙 → 高), and what has none becomes 〓, so that nobody takes it for
written; both are told, for a clerk to look at.
"""

import csv
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

TABLE = Path(__file__).parent / "data" / "old_letters.csv"
LOST: Final = "〓"
# Rows that makers added to JIS X 0208 in their own ways: 機種依存文字.
MAKERS: Final = frozenset({0x87, 0xED, 0xEE, 0xFA, 0xFB, 0xFC})
JOINER: Final = "\u200d"
KEYCAP: Final = "\u20e3"


@dataclass(frozen=True)
class Reduced:
    """The text an old system can hold; ``changed`` as 髙→高, and ``lost`` letters, once each."""

    text: str
    changed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass
class _Sink:
    parts: list[str] = field(default_factory=list)
    changed: dict[str, None] = field(default_factory=dict)
    lost: dict[str, None] = field(default_factory=dict)


def reduce_letters(text: str) -> Reduced:
    """The text in JIS X 0208."""
    sink = _Sink()
    for letter in _letters(unicodedata.normalize("NFC", text)):
        _reduce(letter, sink)
    return Reduced("".join(sink.parts), tuple(sink.changed), tuple(sink.lost))


def is_old(text: str) -> bool:
    """Whether every letter is one of JIS X 0208, or of its half-width neighbours."""
    try:
        coded = [letter.encode("cp932") for letter in text]
    except UnicodeEncodeError:
        return False
    return all(len(code) == 1 or code[0] not in MAKERS for code in coded)


def _reduce(letter: str, sink: _Sink) -> None:
    plain = letter.rstrip("".join(filter(_is_selector, letter)))
    if is_old(letter):
        sink.parts.append(letter)
        return
    usual = _usual(plain)
    if usual is None:
        sink.parts.append(LOST)
        sink.lost[letter] = None
    else:
        sink.parts.append(usual)
        sink.changed[f"{letter}→{usual}"] = None


def _usual(letter: str) -> str | None:
    """The form that stands for a letter; None where there is none."""
    if is_old(letter):
        return letter
    known = _table().get(letter) or unicodedata.normalize("NFKC", letter)
    return known if is_old(known) else None


def _letters(text: str) -> Iterable[str]:
    """What a person takes for one letter: selectors, skin tones and joined emoji stay together."""
    held = ""
    for one in text:
        if held and (_goes_on(one) or held.endswith(JOINER)):
            held += one
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def _goes_on(letter: str) -> bool:
    return (
        _is_selector(letter)
        or letter in (JOINER, KEYCAP)
        or "\U0001f3fb" <= letter <= "\U0001f3ff"
        or unicodedata.category(letter) == "Mn"
    )


def _is_selector(letter: str) -> bool:
    return "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"


@cache
def _table() -> dict[str, str]:
    with TABLE.open(encoding="utf-8") as file:
        return {row["letter"]: row["plain"] for row in csv.DictReader(file)}
