"""Draw the app's icons from the rings: ``python -m nenrin.portals.resident.draw_icons``.

The pictures are committed; run it again when the mark changes. Typst turns SVG into PNG.
"""

import re
from pathlib import Path

import typst

from nenrin.core.ui.rings import rings_svg
from nenrin.core.ui.templatetags.nenrin import MARK_RINGS

OUT = Path(__file__).resolve().parents[1] / "static" / "resident" / "icons"
STYLE = {
    "bark": 'fill="#5a3e28"',
    "wood": 'fill="#f4e6d2"',
    "ring": 'fill="none" stroke="#a5805a" stroke-width="1.1"',
    "pith": 'fill="#5a3e28"',
}
PAPER = "#fffdf9"
# A launcher may cut a maskable icon to a circle of 80%: the log keeps inside it.
ICONS = (("any", 192, 0.0), ("any", 512, 0.0), ("maskable", 512, 14.0))


def main() -> None:
    """Write every icon."""
    OUT.mkdir(parents=True, exist_ok=True)
    for purpose, size, margin in ICONS:
        (OUT / f"{purpose}-{size}.png").write_bytes(_png(size, margin, purpose == "maskable"))


def _png(size: int, margin: float, has_ground: bool) -> bytes:
    drawn = re.sub(r'class="(\w+)"', lambda found: STYLE.get(found[1], ""), _mark())
    fill = f'rgb("{PAPER}")' if has_ground else "none"
    folder = OUT / "drawing"
    folder.mkdir(exist_ok=True)
    try:
        (folder / "mark.svg").write_text(drawn, encoding="utf-8")
        (folder / "icon.typ").write_text(
            f"#set page(width: 100pt, height: 100pt, margin: {margin}pt, fill: {fill})\n"
            '#image("mark.svg", width: 100%)\n'
        )
        made = typst.compile(folder / "icon.typ", format="png", ppi=72 * size / 100)
    finally:
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
    return bytes(made)


def _mark() -> str:
    svg = rings_svg(MARK_RINGS, label="")
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')


if __name__ == "__main__":
    main()
