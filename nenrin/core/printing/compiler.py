"""Compiles Typst templates to PDF/A-2b with a kept compiler: a page in about a millisecond.

A template reads ``json(bytes(sys.inputs.data))`` and ``json(bytes(sys.inputs.fonts))``. It sees the
files of its own folder and nothing else.
"""

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

from .fonts import found_fonts, japanese_families

STANDARD: Final = "a-2b"


class PrintingFailed(RuntimeError):
    """The template could not be compiled; the message is Typst's."""


class KeptCompiler:
    """One compiler per folder of templates; used by one thread at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._compiler = typst.Compiler(root=str(folder), font_paths=found_fonts())

    def compile(self, template: Path, inputs: dict[str, str], created: datetime) -> bytes:
        with self._lock:
            try:
                pdf = self._compiler.compile(
                    input=str(template),
                    format="pdf",
                    sys_inputs=inputs,
                    pdf_standards=[STANDARD],
                    timestamp=created,
                )
            except typst.TypstError as error:
                raise PrintingFailed(f"{template.name}: {error}") from error
        if not isinstance(pdf, bytes):
            raise PrintingFailed(f"{template.name}: no PDF came out")
        return pdf


def compile_pdf(
    template: Path, data: dict[str, Any], *, created_at: datetime | None = None
) -> bytes:
    """Fill a template (a .typ file) with data that JSON can carry; return the PDF/A-2b.

    The same template, data and `created_at` give the same bytes. Raises NoJapaneseFont and
    PrintingFailed.
    """
    inputs = {
        "data": json.dumps(data, ensure_ascii=False),
        "fonts": json.dumps(japanese_families(), ensure_ascii=False),
    }
    created = (created_at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    path = template.resolve()
    return kept_compiler(path.parent).compile(path, inputs, created)


@lru_cache(maxsize=32)
def kept_compiler(folder: Path) -> KeptCompiler:
    return KeptCompiler(folder)
