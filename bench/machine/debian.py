"""Programs from Debian packages, unpacked beside the project: nothing is installed."""

import os
import shutil
import subprocess
from pathlib import Path

from bench.figure import Skipped

FOLDER = Path(__file__).resolve().parent.parent.parent / "var" / "bench-debian"


def program(name: str, *packages: str) -> Path:
    """A program of the machine, else out of these packages; raises Skipped where there is none."""
    found = shutil.which(name)
    if found:
        return Path(found)
    for folder in ("usr/bin", "usr/sbin"):
        if (FOLDER / "root" / folder / name).exists():
            return FOLDER / "root" / folder / name
    FOLDER.mkdir(parents=True, exist_ok=True)
    _run(["apt-get", "download", "-qq", *packages])
    for package in FOLDER.glob("*.deb"):
        _run(["dpkg", "-x", str(package), "root"])
        package.unlink()
    found = shutil.which(name, path=f"{FOLDER}/root/usr/bin:{FOLDER}/root/usr/sbin")
    if not found:
        raise Skipped(f"Debian の {name} を取り出せません")
    return Path(found)


def with_libraries() -> dict[str, str]:
    """The environment in which an unpacked program finds the libraries unpacked with it."""
    folders = [str(path) for path in (FOLDER / "root" / "usr" / "lib").glob("*-linux-gnu")]
    return os.environ | {"LD_LIBRARY_PATH": os.pathsep.join(folders)}


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, cwd=FOLDER, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        words = getattr(error, "stderr", "") or str(error)
        raise Skipped(f"Debian の荷物を取れません（{words.strip()[-200:]}）") from error
