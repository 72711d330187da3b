"""A page is compiled in a process of its own, is PDF/A-2b, and is the same twice."""

from datetime import UTC, datetime
from pathlib import Path

import psutil
import pypdfium2
import pytest

from nenrin.core.memory.helper import Helper
from nenrin.core.printing import compiler
from nenrin.core.printing.compiler import PrintingFailed, compile_pdf
from nenrin.core.printing.fonts import NO_FONT, NoJapaneseFont, japanese_families
from nenrin.core.printing.tests.samples import DATA, SAMPLE, skip_without_font

BROKEN = SAMPLE.with_name("broken.typ")
CREATED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _needs_a_font() -> None:
    skip_without_font()


def pdf_text(pdf: bytes) -> str:
    page = pypdfium2.PdfDocument(pdf)[0]
    return page.get_textpage().get_text_bounded()


def typesetters() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children()
        if "nenrin.core.printing.typesetter" in child.cmdline()
    ]


def test_a_page_is_pdf_a_2b() -> None:
    pdf = compile_pdf(SAMPLE, DATA, created_at=CREATED)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf


def test_the_same_input_gives_the_same_bytes() -> None:
    first = compile_pdf(SAMPLE, DATA, created_at=CREATED)
    compile_pdf(SAMPLE, DATA | {"title": "別の知らせ"}, created_at=CREATED)
    assert compile_pdf(SAMPLE, DATA, created_at=CREATED) == first


def test_a_letter_that_no_font_has_is_an_empty_box_and_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """𱍐 is younger than the fonts; a name with it must not stop a district's papers."""
    pdf = compile_pdf(SAMPLE, DATA | {"body": "金山 太郎\U00031350"}, created_at=CREATED)
    assert "金山 太郎" in pdf_text(pdf)
    assert b"pdfaid" not in pdf
    assert "\U00031350" in caplog.text and "fonts-noto-cjk" in caplog.text


def test_a_broken_template_says_which_and_why() -> None:
    with pytest.raises(PrintingFailed, match=r"broken\.typ"):
        compile_pdf(BROKEN, DATA)


def test_a_typesetter_that_was_killed_is_started_anew() -> None:
    compile_pdf(SAMPLE, DATA, created_at=CREATED)
    for process in typesetters():
        process.kill()
    assert compile_pdf(SAMPLE, DATA, created_at=CREATED).startswith(b"%PDF-1.7")


def test_a_typesetter_ends_when_nothing_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = typesetters()
    helper = Helper("nenrin.core.printing.typesetter", idle=0.05, patience=60)
    monkeypatch.setattr(compiler, "_typesetter", helper)
    compile_pdf(SAMPLE, DATA)
    started = [process for process in typesetters() if process not in before]
    assert psutil.wait_procs(started, timeout=20)[1] == []


def test_without_japanese_font_the_reason_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert japanese_families(["Courier", "Noto Sans CJK JP", "BIZ UDGothic"]) == [
        "BIZ UDGothic",
        "Noto Sans CJK JP",
    ]
    monkeypatch.setattr(compiler._typesetter, "ask", lambda request: ({"failed": NO_FONT}, []))
    with pytest.raises(NoJapaneseFont, match="fonts-noto-cjk"):
        compile_pdf(SAMPLE, DATA)
