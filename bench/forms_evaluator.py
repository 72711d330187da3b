"""The rules of one form on one household's answers, beside JsonLogic libraries on the same rules.

Ours answers with three values and exact numbers; JsonLogic is given the ages ready-made.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from bench.figure import Figure, median_seconds
from bench.peers import peer
from nenrin.engines.forms.language.checker import type_of
from nenrin.engines.forms.language.compiler import compile_node
from nenrin.engines.forms.language.parser import parse
from nenrin.engines.forms.language.types import BOOL, NUMBER, TEXT, Kind, Scope, Type

TIMES = 2000
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


def _ours(rules: list[dict[str, Any]]) -> list[Any]:
    compiled = []
    for rule in rules:
        node = parse(rule["ours"])
        type_of(node, SCOPE)
        compiled.append(compile_node(node, SCOPE))
    return compiled


def measure() -> Figure:
    """Microseconds for all rules once."""
    rows = json.loads(Path(__file__).with_name("forms_rules.json").read_text(encoding="utf-8"))
    rules = _ours(rows)
    values = ANSWERS | {"today": date(2026, 11, 26)}
    logic = [row["jsonlogic"] for row in rows]
    python = peer("panzi-json-logic", "json_logic").jsonLogic
    rust = peer("jsonlogic-rs", "jsonlogic_rs").apply
    expected = [rule(values, {}) for rule in rules]
    for name, apply in (("panzi-json-logic", python), ("jsonlogic-rs", rust)):
        found = [apply(rule, ANSWERS) for rule in logic]
        if [float(one) for one in found] != [float(one) for one in expected]:
            raise AssertionError(f"{name} answers otherwise: {found} {expected}")

    def once(act: Any, given: list[Any], answers: Any) -> float:
        def work() -> None:
            for _ in range(TIMES):
                for rule in given:
                    act(rule, answers)

        return round(median_seconds(work) / TIMES * 1e6, 2)

    ours = once(lambda rule, answers: rule(answers, {}), rules, values)
    peers = {
        "panzi-json-logic": once(python, logic, ANSWERS),
        "jsonlogic-rs": once(rust, logic, ANSWERS),
    }
    return Figure("forms_evaluator", ours, "µs", peers)
