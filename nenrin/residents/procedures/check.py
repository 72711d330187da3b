"""Run the simulator over the shipped definitions and add up what it says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nenrin.engines.forms.definition_file import read_definition
from nenrin.engines.forms.faults import DefinitionRefused
from nenrin.engines.forms.simulation.findings import FindingKind, Simulation
from nenrin.engines.forms.simulation.simulate import simulate


@dataclass(frozen=True)
class Checked:
    """One file: what the simulator says, or why it could not be read."""

    name: str
    title: str
    is_complete: bool
    simulation: Simulation | None
    refusal: str = ""

    @property
    def may_publish(self) -> bool:
        """Whether the definition can be published as it is."""
        return self.simulation is not None and self.simulation.may_publish

    @property
    def report(self) -> str:
        """What to mend, in words."""
        return self.simulation.report() if self.simulation else self.refusal


def check_files(paths: Iterable[Path], today: date) -> Iterator[Checked]:
    """Check one file after the other."""
    for path in paths:
        try:
            definition = read_definition(path.read_text(encoding="utf-8"))
            tried = simulate(definition, today=today)
        except DefinitionRefused as refusal:
            yield Checked(path.stem, path.stem, False, None, str(refusal))
        else:
            yield Checked(definition.slug, definition.title, definition.is_complete, tried)


def summary(checked: Iterable[Checked]) -> dict[str, int]:
    """The figures of `nenrin procedures check --json`; ``published`` may be published as it is."""
    rows = list(checked)
    tried = [row.simulation for row in rows if row.simulation]

    def found(kind: FindingKind) -> int:
        return sum(len(simulation.of(kind)) for simulation in tried)

    return {
        "total": len(rows),
        "published": sum(row.may_publish for row in rows),
        "complete": sum(row.is_complete and row.may_publish for row in rows),
        "cases": sum(simulation.cases for simulation in tried),
        "paths": sum(simulation.paths for simulation in tried),
        "unreachable": found(FindingKind.UNREACHABLE),
        "dead_ends": found(FindingKind.DEAD_END),
        "contradictions": found(FindingKind.CONTRADICTION),
        "fee_faults": found(FindingKind.FEE),
        "unreadable": len(rows) - len(tried),
    }
