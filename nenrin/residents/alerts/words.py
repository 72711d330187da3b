"""The words of an alert, made from the telegram: short, plain, what to do first."""

import csv
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from nenrin.core.areas.japan import JST

from .rules import Change


@dataclass(frozen=True, slots=True)
class AlertWords:
    """Title, body, やさしい日本語 and the text to be read aloud."""

    title: str
    body: str
    easy_body: str
    reading: str


@cache
def _advice() -> list[tuple[str, int, str, str]]:
    with (Path(__file__).parent / "data" / "words.csv").open(encoding="utf-8") as file:
        return [
            (row["hazard"], int(row["min_strength"]), row["todo"], row["easy"])
            for row in csv.DictReader(file)
        ]


def compose_words(change: Change, *, place: str, reported_at: datetime) -> AlertWords:
    """Words for a change in the town called ``place``; ``reported_at`` is any aware time.

    気象庁's levels are written 相当: they inform, they are not the town's order.
    """
    name = plain(change.after.name)
    if change.kind == "raised" or change.after.strength > change.before.strength:
        return _warning(change, name, place, reported_at)
    return _easing(change, name, place, reported_at)


def _warning(change: Change, name: str, place: str, reported_at: datetime) -> AlertWords:
    todo, easy = advice_for(change.after.hazard, change.after.strength)
    happened = _what_happened(change, name, place)
    level = f"（警戒レベル{change.after.level}相当）" if change.after.level else ""
    source = f"気象庁 {spoken_time(reported_at)} 発表"
    body = f"{todo}\n\n{happened}{level}。\n{source}"
    reading = f"{place}からお知らせします。{happened}。{todo}くりかえします。{todo}"
    return AlertWords(f"{place} {name}"[:120], body, f"{easy}", reading)


def _what_happened(change: Change, name: str, place: str) -> str:
    if change.after.hazard == "quake":
        return f"{place}で{name}がありました"
    return f"{place}に{name}が出ました"


def _easing(change: Change, name: str, place: str, reported_at: datetime) -> AlertWords:
    old = plain(change.before.name)
    sentence = {
        "lifted": f"{place}の{old}は解除されました。",
        "cancelled": f"{place}の{old}は取り消されました。先の知らせは誤りでした。",
        "corrected": f"{place}の情報が「{name}」に訂正されました。",
    }.get(change.kind, f"{place}の{old}は{name}に変わりました。")
    caution = (
        "" if change.kind == "cancelled" else "\n足もとなど、身のまわりにはまだ注意してください。"
    )
    body = f"{sentence}{caution}\n気象庁 {spoken_time(reported_at)} 発表"
    easy = {
        "lifted": f"{old}は 終わりました。",
        "cancelled": "さっきの 知らせは まちがいです。",
    }.get(change.kind, f"{name}に 変わりました。")
    return AlertWords(
        sentence.rstrip("。")[:120], body, easy, f"{place}からお知らせします。{sentence}"
    )


def advice_for(hazard: str, strength: int) -> tuple[str, str]:
    """What to do, and the same in やさしい日本語, for a hazard of this strength."""
    fitting = [row for row in _advice() if row[0] == hazard and row[1] <= strength]
    if not fitting:
        return "これからの情報に注意してください。", "気をつけてください。"
    best = max(fitting, key=lambda row: row[1])
    return best[2], best[3]


def plain(text: str) -> str:
    """Half-width digits and letters (レベル5), as people read them."""
    return unicodedata.normalize("NFKC", text).strip()


def spoken_time(moment: datetime) -> str:
    """A time as it is said: 8月30日 14時05分, in Japan's time."""
    local = moment.astimezone(JST)
    return f"{local.month}月{local.day}日 {local.hour}時{local.minute:02d}分"
