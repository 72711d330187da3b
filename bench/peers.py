"""Libraries we only measure ourselves against: installed for the bench, never for the product."""

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

from bench.figure import Skipped

FOLDER = Path(__file__).resolve().parent.parent / "var" / "bench-peers"


def peer(package: str, module: str) -> ModuleType:
    """Import ``module`` of ``package``, installing it into a folder of its own where needed."""
    target = FOLDER / package
    if not target.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = subprocess.run([*command, "--target", str(target), package], capture_output=True)
        if done.returncode:
            raise Skipped(f"{package} を入れられません")
    if str(target) not in sys.path:
        sys.path.append(str(target))
    return importlib.import_module(module)
