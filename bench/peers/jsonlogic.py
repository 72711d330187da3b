"""Two JsonLogic libraries on the same rules; reads its task from standard input."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import jsonlogic_rs
from json_logic import jsonLogic


def main() -> None:
    task = json.load(sys.stdin)
    libraries: dict[str, Callable[[Any, Any], Any]] = {
        "panzi-json-logic": jsonLogic,
        "jsonlogic-rs": jsonlogic_rs.apply,
    }
    found = {name: _measure(apply, task) for name, apply in libraries.items()}
    print(json.dumps(found))


def _measure(apply: Callable[[Any, Any], Any], task: dict[str, Any]) -> dict[str, Any]:
    rules, answers, seconds = task["rules"], task["answers"], []
    for _ in range(task["runs"]):
        start = time.perf_counter()
        for _ in range(task["times"]):
            for rule in rules:
                apply(rule, answers)
        seconds.append(time.perf_counter() - start)
    return {
        "answers": [apply(rule, answers) for rule in rules],
        "seconds": statistics.median(seconds),
    }


main()
