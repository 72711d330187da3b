"""Which Japanese fonts this machine can print with, best first."""

import csv
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

FONTS_FILE = Path(__file__).with_name("fonts.csv")


class NoJapaneseFont(RuntimeError):
    """Printing would give empty boxes; the message says what to install."""


def font_folder() -> Path:
    """Where an operator may put fonts (TTF or OTF) of the town's choice."""
    return Path(settings.NENRIN.state_dir) / "fonts"


@cache
def found_fonts() -> typst.Fonts:
    """The machine's fonts and those in the fonts folder, read once per process."""
    folder = font_folder()
    return typst.Fonts(font_paths=[str(folder)] if folder.is_dir() else [])


def preferred_families() -> list[str]:
    with FONTS_FILE.open(encoding="utf-8", newline="") as file:
        return [row["family"] for row in csv.DictReader(file)]


@cache
def japanese_families() -> tuple[str, ...]:
    """The preferred families that are here; NoJapaneseFont where there is none."""
    here = set(found_fonts().families())
    families = tuple(family for family in preferred_families() if family in here)
    if not families:
        raise NoJapaneseFont(
            "日本語の文字の形(フォント)が見つかりません。fonts-noto-cjk を入れるか、"
            f"BIZ UDPゴシックのファイルを {font_folder()} に置いてください。"
        )
    return families
