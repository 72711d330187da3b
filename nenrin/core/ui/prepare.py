"""Lay fonts, tokens and scripts of npm packages where they are used; compile the catalogues.

``python -m nenrin.core.ui.prepare``. Packages are pinned in npm/package-lock.json (packages.py).
Nothing is fetched at run time, and pages and paper do without: they fall back to the fonts of the
device and of this machine.
"""

import re
import shutil
import sys
from pathlib import Path

from nenrin.core.ui.catalogues import compile_catalogues
from nenrin.core.ui.packages import fetch_packages

HERE = Path(__file__).resolve().parent
PACKAGES = HERE / "npm"
MODULES = PACKAGES / "node_modules"
VENDOR = HERE / "static" / "vendor"
TYPEFACES = HERE / "typefaces"
"""BIZ UDゴシック as whole files, for paper: in the P face Typst tightens punctuation twice."""
FONT = MODULES / "@fontsource" / "biz-udpgothic"
PRINT_FONT = MODULES / "@expo-google-fonts" / "biz-udgothic"
WOFF = re.compile(r",\s*url\([^)]*\.woff\)\s*format\('woff'\)")
# A family of its own: fetching it changes no page. Letters that come late change none either.
OURS_FOR_THEIRS = {
    "'BIZ UDPGothic'": "'Nenrin Gothic'",
    "font-display: swap": "font-display: fallback",
}
FILES = {
    "@digital-go-jp/design-tokens/dist/tokens.css": "tokens.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}


def main() -> int:
    """Fetch and lay out; says what is missing and returns 0 where that cannot be done."""
    compile_catalogues()
    trouble = fetch_packages(PACKAGES)
    if trouble:
        print(f"書体と部品を取り込めません。端末の書体で表示します: {trouble}", file=sys.stderr)
        return 0
    lay_out()
    return 0


def lay_out() -> None:
    """Copy what pages and paper use out of node_modules."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "fonts" / "files").mkdir(parents=True)
    for source, name in FILES.items():
        shutil.copyfile(MODULES / source, VENDOR / name)
    for weight in ("400", "700"):
        rules = WOFF.sub("", (FONT / f"{weight}.css").read_text(encoding="utf-8"))
        for theirs, ours in OURS_FOR_THEIRS.items():
            rules = rules.replace(theirs, ours)
        (VENDOR / "fonts" / f"{weight}.css").write_text(rules, encoding="utf-8")
    for file in (FONT / "files").glob("*-normal.woff2"):
        shutil.copyfile(file, VENDOR / "fonts" / "files" / file.name)
    shutil.rmtree(TYPEFACES, ignore_errors=True)
    TYPEFACES.mkdir()
    for file in PRINT_FONT.glob("*/*.ttf"):
        shutil.copyfile(file, TYPEFACES / file.name)


if __name__ == "__main__":
    sys.exit(main())
