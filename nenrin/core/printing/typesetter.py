"""The process that typesets: `python -m nenrin.core.printing.typesetter FOLDER`.

A process of its own, because Typst keeps what it has read and made (120 MB after a town's paper
rounds) and gives it back only with its end. It knows no Django and starts in a fifth of a second.

A request is a line of JSON, ``{"template", "data", "created"}``: a path, what the template reads,
and seconds since 1970. The answer is a line of JSON: ``{"size"}``, followed by that many bytes of
PDF, or ``{"failed", "reason"}``. FOLDER may hold fonts (TTF or OTF) of the town's choice.
"""

import json
import signal
import sys
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst

from nenrin.core.printing.fonts import NO_FONT, japanese_families

STANDARD: Final = "a-2b"
BROKEN: Final = "broken template"


class Typesetter:
    """Typst with the fonts of this machine; compilers of template folders are kept."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = typst.Fonts(font_paths=[str(fonts)] if fonts.is_dir() else [])
        self._families = japanese_families(self._fonts.families())
        self._compiler = lru_cache(maxsize=32)(self._open)

    def answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The head of the answer, and the PDF that follows it."""
        if not self._families:
            return {"failed": NO_FONT, "reason": ""}, b""
        template = Path(request["template"])
        try:
            pdf = self._compile(template, request["data"], request["created"])
        except typst.TypstError as error:
            return {"failed": BROKEN, "reason": f"{template.name}: {error}"}, b""
        return {"size": len(pdf)}, pdf

    def _compile(self, template: Path, data: Any, created: int) -> bytes:
        said = {"data": data, "fonts": self._families}
        inputs = {name: json.dumps(value, ensure_ascii=False) for name, value in said.items()}
        pdf = self._compiler(template.parent).compile(
            input=str(template),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=[STANDARD],
            timestamp=datetime.fromtimestamp(created, UTC),
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
    typesetter = Typesetter(Path(sys.argv[1]))
    for line in sys.stdin.buffer:
        head, pdf = typesetter.answer(json.loads(line))
        sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + pdf)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
