"""Compiles Typst templates to PDF/A-2b: a page in some milliseconds, the first in a quarter second.

A template reads ``json(bytes(sys.inputs.data))`` and ``json(bytes(sys.inputs.fonts))``. It sees the
files of its own folder and nothing else.
"""

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from nenrin.core.memory.helper import Helper, HelperBroke
from nenrin.core.ui.prepare import TYPEFACES

from .fonts import NO_FONT, NoJapaneseFont

logger = logging.getLogger(__name__)

EMPTY_BOX = "形のない文字を□で刷りました。fonts-noto-cjk を入れてください:"
IDLE_SECONDS = 10.0
PATIENCE_SECONDS = 60.0


def font_folder() -> Path:
    """Where an operator may put fonts (TTF or OTF) of the town's choice."""
    return Path(settings.NENRIN.state_dir) / "fonts"


class PrintingFailed(RuntimeError):
    """The template could not be compiled; the message is Typst's."""


_typesetter = Helper(
    "nenrin.core.printing.typesetter",
    lambda: [str(font_folder()), str(TYPEFACES)],
    idle=IDLE_SECONDS,
    patience=PATIENCE_SECONDS,
)


def compile_pdf(
    template: Path, data: dict[str, Any], *, created_at: datetime | None = None
) -> bytes:
    """Fill a template (a .typ file) with data that JSON can carry; return the PDF/A-2b.

    The same template, data and `created_at` give the same bytes. A letter without a shape in any
    font is an empty box, in a PDF of no standard, and a warning in the log. Raises NoJapaneseFont
    and PrintingFailed.
    """
    created = int((created_at or datetime.now(UTC)).timestamp())
    request = {"template": str(template.resolve()), "data": data, "created": created}
    try:
        said, pdfs = _typesetter.ask(request)
    except HelperBroke as error:
        raise PrintingFailed(f"{template.name}: {error}") from error
    if said.get("failed") == NO_FONT:
        raise NoJapaneseFont(font_folder())
    if "failed" in said:
        raise PrintingFailed(said["reason"])
    if said["missing"]:
        logger.warning("%s %s", EMPTY_BOX, said["missing"])
    return pdfs[0]
