"""Run every check; one that breaks is a finding, not an end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .contract import Check, Finding


@dataclass(frozen=True)
class Examined:
    """A check and what it found."""

    key: str
    label: str
    findings: tuple[Finding, ...]


def examine(checks: Iterable[Check]) -> Iterator[Examined]:
    """Each check's result as soon as it is known."""
    for check in checks:
        try:
            findings = tuple(check.find())
        except Exception as error:
            what = f"確かめられませんでした（{type(error).__name__}）。"
            findings = (Finding(what, "データベースとこの版が合っているかを見てください。"),)
        yield Examined(check.key, check.label, findings)
