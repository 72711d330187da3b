"""Parsing all sample telegrams, beside a bare lxml parse of the same bytes."""

import os
from pathlib import Path

from lxml import etree

from bench.figure import Figure, Skipped, median_seconds
from nenrin.residents.alerts.telegrams.parse import parse_telegram

ROOT = Path(__file__).resolve().parent.parent


def measure() -> Figure:
    """Milliseconds for the whole folder."""
    corpus = Path(os.environ.get("NENRIN_CORPUS", ROOT.parent / "shared" / "data"))
    samples = [path.read_bytes() for path in sorted((corpus / "jma" / "samples").glob("*.xml"))]
    if not samples:
        raise Skipped("実際の電文の置き場がありません")
    ours = median_seconds(lambda: [parse_telegram(data) for data in samples])
    bare = median_seconds(lambda: [etree.fromstring(data) for data in samples])
    return Figure("parsing", round(ours * 1000, 1), "ms", {"bare lxml": round(bare * 1000, 1)})
