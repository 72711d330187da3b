"""The rules of one form on one household's answers, beside JsonLogic libraries on the same rules.

Ours answers with three values and exact numbers; JsonLogic is given the ages ready-made.
"""

import json
from datetime import date
from typing import Any

from bench.figure import RUNS, Figure, Skipped, median_seconds
from bench.machine.environments import PEERS, pinned, run_python
from nenrin.engines.forms.language.checker import type_of
from nenrin.engines.forms.language.compiler import Compiled, compile_node
from nenrin.engines.forms.language.parser import parse
from nenrin.engines.forms.language.types import BOOL, NUMBER, TEXT, Kind, Scope, Type

TIMES = 2000
LIBRARIES = ("panzi-json-logic", "jsonlogic-rs")
MEMBER = {"age": NUMBER, "income": NUMBER, "works": BOOL}
SCOPE = Scope(
    {
        "kind": TEXT, "copies": NUMBER, "agrees": BOOL, "alone": BOOL, "age": NUMBER,
        "members": Type(Kind.GROUP, None, MEMBER),
    }
)  # fmt: skip
ANSWERS: dict[str, Any] = {
    "kind": "family", "copies": 2, "agrees": True, "alone": False, "age": 67,
    "members": [
        {"age": 67, "income": 1_200_000, "works": False},
        {"age": 64, "income": 900_000, "works": True},
        {"age": 16, "income": 0, "works": False},
        {"age": 4, "income": 0, "works": False},
    ],
}  # fmt: skip


def measure() -> Figure:
    """Microseconds for all rules once."""
    rows = json.loads((PEERS / "forms_rules.json").read_text(encoding="utf-8"))
    rules = [_compiled(row["ours"]) for row in rows]
    values = ANSWERS | {"today": date(2026, 11, 26)}
    expected = [float(rule(values, {})) for rule in rules]

    def ours() -> None:
        for _ in range(TIMES):
            for rule in rules:
                rule(values, {})

    value = _microseconds(median_seconds(ours))
    logic = [row["jsonlogic"] for row in rows]
    task = {"rules": logic, "answers": ANSWERS, "times": TIMES, "runs": RUNS}
    try:
        found = run_python("jsonlogic.py", task)
    except Skipped as reason:
        return Figure("forms_evaluator", value, "µs", notes=(str(reason),))
    for name in LIBRARIES:
        answers = [float(answer) for answer in found[name]["answers"]]
        if answers != expected:
            raise AssertionError(f"{name} answers otherwise: {answers} {expected}")
    return Figure(
        "forms_evaluator",
        value,
        "µs",
        {name: _microseconds(found[name]["seconds"]) for name in LIBRARIES},
        {name: pinned("requirements.txt", name) for name in LIBRARIES},
    )


def _compiled(text: str) -> Compiled:
    node = parse(text)
    type_of(node, SCOPE)
    return compile_node(node, SCOPE)


def _microseconds(seconds: float) -> float:
    return round(seconds / TIMES * 1e6, 2)
