"""Paper: a print-ready PDF per 地区; for each 班 the message large and a tick list of households.

One file per 地区 because starting a PDF costs far more than a page in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from nenrin.core.areas.japan import JST
from nenrin.core.printing.compiler import compile_pdf
from nenrin.core.printing.fonts import NoJapaneseFont

from ..contract import Fate, HouseholdLabel, Outcome, Parcel, Transport, Words
from ..side_by_side import all_temporary
from ..state_files import message_folder, state_folder, write_atomically
from .rounds import add_households, by_district, one_at_a_time, pdf_path, rounds_of

TEMPLATE = Path(__file__).with_name("round.typ")


class PaperTransport(Transport):
    key = "paper"
    label = "紙(班ごと)"
    needs_endpoint = False
    shard_size = 5000

    def send(self, options: Any, words: Words, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        for parcel in parcels:
            if parcel.household is None:
                reason = "配る世帯がわかりません"
                yield Outcome(parcel.delivery_id, Fate.PERMANENT, reason=reason)
        districts = by_district(parcels)
        if districts:
            yield from _print_all(words, districts)


def _print_all(words: Words, districts: dict[str, list[Parcel]]) -> Iterator[Outcome]:
    """Print each 地区 with these households and those of earlier shards."""
    folder = message_folder("paper", words)
    mine = {name: [p.household for p in found if p.household] for name, found in districts.items()}
    with one_at_a_time(folder):
        for district, households in add_households(folder, mine).items():
            yield from _print_for(words, folder, households, districts[district])


def _print_for(
    words: Words, folder: Path, households: Sequence[HouseholdLabel], parcels: Sequence[Parcel]
) -> Iterator[Outcome]:
    district = households[0].district
    path = pdf_path(folder, district)
    content = round_content(words, district, households)
    try:
        write_atomically(path, compile_pdf(TEMPLATE, content, created_at=words.released_at))
    except NoJapaneseFont:
        reason = "日本語フォントがないため印刷できません。システム担当に連絡してください"
        yield from all_temporary(parcels, reason)
        return
    reference = str(path.relative_to(state_folder()))
    for parcel in parcels:
        yield Outcome(parcel.delivery_id, Fate.SENT, reference=reference)


def round_content(
    words: Words, district: str, households: Sequence[HouseholdLabel]
) -> dict[str, Any]:
    """What the template shows: the words, then each 班 of a 地区."""
    return {
        "heading": words.heading,
        "body": paragraphs(words.body),
        "easy_body": paragraphs(words.easy_body),
        "is_drill": words.is_drill,
        "asks_safety": words.asks_safety,
        "town_name": words.town_name,
        "released_at": japanese_time(words.released_at),
        "expires_at": japanese_time(words.expires_at),
        "rounds": [
            {
                "name": f"{district} {name}".strip(),
                "households": [asdict(household) for household in members],
            }
            for name, members in rounds_of(households)
        ],
    }


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def japanese_time(moment: datetime) -> str:
    local = moment.astimezone(JST)
    return f"{local.month}月{local.day}日 {local.hour}時{local.minute:02d}分"
