"""The procedures that ship with the product: `definitions/<life event>/<slug>.yaml`."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.definition_file import read_definition

FOLDER = Path(__file__).parent / "definitions"
# Forms that only follow another: `stages/<slug>.yaml`.
STAGES = Path(__file__).parent / "stages"


def definition_paths() -> Iterator[Path]:
    """Every file, in a steady order."""
    yield from sorted(FOLDER.glob("*/*.yaml"))


@cache
def catalog() -> dict[str, Definition]:
    """Every shipped definition by its slug. Raises DefinitionRefused for a spoiled file."""
    return _read(definition_paths())


@cache
def stage_forms() -> dict[str, Definition]:
    """Every shipped form of a later stage by its slug; none of them is a procedure of its own."""
    return _read(sorted(STAGES.glob("*.yaml")))


def _read(paths: Iterable[Path]) -> dict[str, Definition]:
    found = (read_definition(path.read_text(encoding="utf-8")) for path in paths)
    return {definition.slug: definition for definition in found}
