"""Compile the catalogues of other languages; Babel does it, so gettext's tools need not be there.

``python -m nenrin.core.ui.catalogues``; compiled files are not committed.
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[2] / "locale"


def compile_catalogues(folder: Path = LOCALE) -> list[Path]:
    """Write a .mo beside each .po that is newer; returns what was written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        with target.open("wb") as file:
            write_mo(file, catalogue)
        written.append(target)
    return written


if __name__ == "__main__":
    compile_catalogues()
    sys.exit(0)
