"""A sheet to print in tests, and the reason where none can be printed."""

from pathlib import Path

import pytest

from nenrin.core.printing.compiler import compile_pdf
from nenrin.core.printing.fonts import NoJapaneseFont

SAMPLE = Path(__file__).with_name("sample.typ")
DATA = {"title": "避難してください", "body": '"引用" #記号 $も$ そのまま'}


def skip_without_font() -> None:
    """Skip where this machine has no Japanese font."""
    try:
        compile_pdf(SAMPLE, DATA)
    except NoJapaneseFont as missing:
        pytest.skip(str(missing))
