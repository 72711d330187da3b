"""A page is compiled, is PDF/A-2b, and is the same twice."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nenrin.core.printing import fonts
from nenrin.core.printing.compiler import PrintingFailed, compile_pdf
from nenrin.core.printing.fonts import NoJapaneseFont, japanese_families

HERE = Path(__file__).parent
CREATED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DATA = {"title": "避難してください", "body": '"引用" #記号 $も$ そのまま'}


@pytest.fixture(autouse=True)
def _needs_a_font() -> None:
    try:
        japanese_families()
    except NoJapaneseFont as missing:
        pytest.skip(str(missing))


def test_a_page_is_pdf_a_2b() -> None:
    pdf = compile_pdf(HERE / "sample.typ", DATA, created_at=CREATED)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf


def test_the_same_input_gives_the_same_bytes() -> None:
    first = compile_pdf(HERE / "sample.typ", DATA, created_at=CREATED)
    compile_pdf(HERE / "sample.typ", DATA | {"title": "別の知らせ"}, created_at=CREATED)
    assert compile_pdf(HERE / "sample.typ", DATA, created_at=CREATED) == first


def test_a_broken_template_says_which_and_why() -> None:
    with pytest.raises(PrintingFailed, match=r"broken\.typ"):
        compile_pdf(HERE / "broken.typ", DATA)


def test_without_japanese_font_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "preferred_families", lambda: ["このフォントはない"])
    japanese_families.cache_clear()
    with pytest.raises(NoJapaneseFont, match="fonts-noto-cjk"):
        japanese_families()
    japanese_families.cache_clear()
