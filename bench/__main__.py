"""Measure and print the figures named, or all; the results also go to var/bench.json."""

import importlib
import json
import os
import platform
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.figure import Figure, Skipped

FIGURES = (
    "parsing",
    "drill",
    "fanout",
    "prekeys",
    "fanout_database",
    "tablets",
    "read_storm",
    "resident_pages",
    "resident_bytes",
    "forms_evaluator",
    "applicants",
)
VAR = Path(__file__).resolve().parent.parent / "var"
RESULTS = VAR / "bench.json"
os.environ["NENRIN_STATE_DIR"] = str(VAR / "bench-state")
os.environ["NENRIN_REHEARSAL"] = "true"


def main(names: list[str]) -> int:
    """Measure, print one table, keep the results; 2 for a name that is none."""
    unknown = [name for name in names if name not in FIGURES]
    if unknown:
        print(f"ない数字: {'、'.join(unknown)}。あるもの: {'、'.join(FIGURES)}", file=sys.stderr)
        return 2
    found: list[Figure] = []
    notes: list[str] = []
    for name in names or FIGURES:
        print(f"{name} を測っています …", file=sys.stderr)
        try:
            measured = importlib.import_module(f"bench.{name}").measure()
        except Skipped as reason:
            notes.append(f"{name}: 飛ばしました（{reason}）")
            continue
        figures = [measured] if isinstance(measured, Figure) else measured
        _keep(figures)
        found += figures
    _show(found, notes + [note for figure in found for note in figure.notes])
    return 0


def machine() -> str:
    """What the figures were measured on."""
    model = platform.processor() or platform.machine()
    lines = Path("/proc/cpuinfo").read_text().splitlines() if os.name == "posix" else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    load = " ".join(f"{number:.1f}" for number in os.getloadavg())
    return (
        f"{names[0] if names else model}, {os.cpu_count()} CPU, {platform.platform()}, "
        f"Python {platform.python_version()}, load {load}"
    )


def _show(found: list[Figure], notes: list[str]) -> None:
    console = Console(width=None if sys.stdout.isatty() else 110, soft_wrap=True)
    table = Table("", "", "", "ratio", caption=machine())
    for figure in found:
        table.add_section()
        table.add_row(figure.name, f"{figure.value:,.1f}", figure.unit, "")
        for name, value in figure.peers.items():
            ratio = figure.ratios.get(name)
            table.add_row(f"  {name}", f"{value:,.1f}", figure.unit, f"×{ratio}" if ratio else "")
    console.print(table)
    for name, text in sorted({pair for figure in found for pair in figure.versions.items()}):
        console.print(f"{name} {text}", end="  ")
    console.print("")
    for note in notes:
        console.print(note)


def _keep(found: list[Figure]) -> None:
    """Add to what other runs have measured."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for figure in found:
        kept[figure.name] = {
            "value": round(figure.value, 2),
            "unit": figure.unit,
            "peers": {name: round(value, 2) for name, value in figure.peers.items()},
            "ratios": figure.ratios,
            "versions": figure.versions,
        }
    RESULTS.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
