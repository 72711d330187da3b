"""The procedures that ship with the product: `definitions/<life event>/<slug>.yaml`."""

from collections.abc import Iterator
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
    found = (read_definition(path.read_text(encoding="utf-8")) for path in definition_paths())
    return {definition.slug: definition for definition in found}


@cache
def stage_forms() -> dict[str, Definition]:
    """Every shipped form of a later stage by its slug; none of them is a procedure of its own."""
    paths = sorted(STAGES.glob("*.yaml"))
    found = (read_definition(path.read_text(encoding="utf-8")) for path in paths)
    return {one.slug: one.model_copy(update={"is_stage": True}) for one in found}
