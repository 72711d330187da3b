"""Which Japanese fonts this machine can print with, best first. Knows no Django."""

import csv
from collections.abc import Iterable
from pathlib import Path

FONTS_FILE = Path(__file__).with_name("fonts.csv")
NO_FONT = "no font"
"""The typesetter's word for it."""


class NoJapaneseFont(RuntimeError):
    """Printing would give empty boxes; the message says what to install."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "日本語の文字の形(フォント)が見つかりません。fonts-noto-cjk を入れるか、"
            f"BIZ UDゴシックのファイルを {folder} に置いてください。"
        )


def japanese_families(here: Iterable[str]) -> list[str]:
    """The preferred families among those that are here."""
    found = set(here)
    with FONTS_FILE.open(encoding="utf-8", newline="") as file:
        return [row["family"] for row in csv.DictReader(file) if row["family"] in found]
