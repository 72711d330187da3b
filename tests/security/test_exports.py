"""CSV is written in one place, where formulas are made harmless."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITES_CSV = re.compile(r"csv\.(writer|DictWriter)\b|text/csv")
# The last two only say that such a file may be handed in.
THE_PLACE = {
    "nenrin/core/export/csv_file.py",
    "nenrin/core/files/kinds.py",
    "nenrin/engines/forms/fields/rich/file.py",
}


def test_nobody_else_writes_csv():
    wrong = []
    for path in (ROOT / "nenrin").rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        if "/tests/" in name or name in THE_PLACE:
            continue
        if WRITES_CSV.search(path.read_text(encoding="utf-8")):
            wrong.append(name)
    assert not wrong, f"use nenrin.core.export.csv_file in: {wrong}"
