"""The process that typesets: `python -m nenrin.core.printing.typesetter FOLDER...`.

A process of its own, because Typst keeps what it has read and made (120 MB after a town's paper
rounds) and gives it back only with its end. It knows no Django and starts in a fifth of a second.

It is asked for ``{"template", "data", "created"}``: a path, what the template reads, and seconds
since 1970. The answer is a PDF, or ``{"failed", "reason"}``. A PDF comes with ``{"missing"}`` where
a letter has no shape in any font: it is an empty box then, and the PDF follows no standard, but a
sheet comes out. A FOLDER may hold fonts (TTF or OTF).
"""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import typst

from nenrin.core.memory.helper import Answer, Said, answer_questions
from nenrin.core.printing.fonts import NO_FONT, japanese_families

STANDARD: Final[Literal["a-2b"]] = "a-2b"
NO_SHAPE: Final = "could not be displayed with font"
"""Typst's words for a letter that PDF/A cannot carry."""
BROKEN: Final = "broken template"


class Typesetter:
    """Typst with the fonts of this machine; compilers of template folders are kept."""

    def __init__(self, folders: Iterable[str]) -> None:
        here = [folder for folder in folders if Path(folder).is_dir()]
        self._fonts = typst.Fonts(font_paths=here)
        self._families = japanese_families(self._fonts.families())
        self._compiler = lru_cache(maxsize=32)(self._open)

    def answer(self, request: Said, _: list[bytes]) -> Answer:
        """What became of the request, and its PDF."""
        if not self._families:
            return {"failed": NO_FONT, "reason": ""}, []
        try:
            pdf, missing = self._typeset(request)
        except typst.TypstError as error:
            name = Path(request["template"]).name
            return {"failed": BROKEN, "reason": f"{name}: {error}"}, []
        return {"missing": missing}, [pdf]

    def _typeset(self, request: Said) -> tuple[bytes, str]:
        try:
            return self._compile(request, STANDARD), ""
        except typst.TypstError as error:
            if NO_SHAPE not in str(error):
                raise
            return self._compile(request), str(error)

    def _compile(self, request: Said, *standards: Literal["a-2b"]) -> bytes:
        template = Path(request["template"])
        said = {"data": request["data"], "fonts": self._families}
        inputs = {name: json.dumps(value, ensure_ascii=False) for name, value in said.items()}
        pdf = self._compiler(template.parent).compile(
            input=str(template),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=list(standards),
            timestamp=datetime.fromtimestamp(request["created"], UTC),
        )
        if not isinstance(pdf, bytes):
            raise TypeError("no PDF came out")
        return pdf

    def _open(self, folder: Path) -> typst.Compiler:
        return typst.Compiler(root=str(folder), font_paths=self._fonts)


def main() -> None:
    """Answer until nobody asks any more."""
    answer_questions(Typesetter(sys.argv[1:]).answer)


if __name__ == "__main__":
    main()
