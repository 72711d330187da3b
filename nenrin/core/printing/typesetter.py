"""The process that typesets: `python -m nenrin.core.printing.typesetter FOLDER...`.

A process of its own, because Typst keeps what it has read and made (120 MB after a town's paper
rounds) and gives it back only with its end. It knows no Django and starts in a fifth of a second.

A request is a line of JSON, ``{"template", "data", "created"}``: a path, what the template reads,
and seconds since 1970. The answer is a line of JSON: ``{"size"}``, followed by that many bytes of
PDF, or ``{"failed", "reason"}``. A size comes with ``{"missing"}`` where a letter has no shape in
any font: it is an empty box then, and the PDF follows no standard, but a sheet comes out. A FOLDER
may hold fonts (TTF or OTF).
"""

import json
import signal
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import typst

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

    def answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The head of the answer, and the PDF that follows it."""
        if not self._families:
            return {"failed": NO_FONT, "reason": ""}, b""
        template = Path(request["template"])
        try:
            pdf, missing = self._typeset(request)
        except typst.TypstError as error:
            return {"failed": BROKEN, "reason": f"{template.name}: {error}"}, b""
        return {"size": len(pdf), "missing": missing}, pdf

    def _typeset(self, request: dict[str, Any]) -> tuple[bytes, str]:
        try:
            return self._compile(request, STANDARD), ""
        except typst.TypstError as error:
            if NO_SHAPE not in str(error):
                raise
            return self._compile(request), str(error)

    def _compile(self, request: dict[str, Any], *standards: Literal["a-2b"]) -> bytes:
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
    # Ctrl-C means whoever prints: what that process has in hand, it may finish.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    typesetter = Typesetter(sys.argv[1:])
    for line in sys.stdin.buffer:
        head, pdf = typesetter.answer(json.loads(line))
        sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + pdf)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
