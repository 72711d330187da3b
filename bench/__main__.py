"""Measure and print the figures named, or all; the results also go to var/bench.json."""

import importlib
import json
import os
import platform
import sys
from pathlib import Path

from bench.figure import Figure, Skipped

FIGURES = ("parsing", "forms_evaluator", "drill")
RESULTS = Path(__file__).resolve().parent.parent / "var" / "bench.json"


def main(names: list[str]) -> int:
    """Print one line a figure; 2 for a name that is none."""
    unknown = [name for name in names if name not in FIGURES]
    if unknown:
        print(f"ない数字: {'、'.join(unknown)}。あるもの: {'、'.join(FIGURES)}", file=sys.stderr)
        return 2
    print(f"{platform.platform()}  Python {platform.python_version()}  {os.cpu_count()} CPU")
    found = {}
    for name in names or FIGURES:
        try:
            figure = importlib.import_module(f"bench.{name}").measure()
        except Skipped as reason:
            print(f"{name}: 飛ばしました（{reason}）")
            continue
        found[name] = _print(figure)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _print(figure: Figure) -> dict[str, object]:
    peers = "  ".join(
        f"{name} {value:,.1f} {figure.unit} (×{figure.ratios.get(name)})"
        for name, value in figure.peers.items()
    )
    print(f"{figure.name}: {figure.value:,.1f} {figure.unit}  {peers}")
    return {
        "value": figure.value,
        "unit": figure.unit,
        "peers": figure.peers,
        "ratios": figure.ratios,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
