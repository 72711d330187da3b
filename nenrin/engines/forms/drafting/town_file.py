"""A procedure as the one file that goes from town to town: form, tests, notices, guide sheet.

It is the definition's own file with three lines on top that say where it comes from. Files without
them, such as those that ship with the product, are read as well.
"""

import re
from dataclasses import dataclass
from datetime import date

from ..definition import Definition
from ..definition_file import read_definition, write_definition
from ..evaluation.evaluate import program_of
from ..faults import DefinitionRefused
from ..simulation.examples import broken_examples

HEAD = re.compile(
    r"\A# 年輪の手続きファイル\n# 町: (?P<town>.{1,80})\n# 版: (?P<version>.{1,80})\n"
)


@dataclass(frozen=True)
class TownFile:
    """What a file holds; ``town`` and ``version`` are empty where it does not say."""

    definition: Definition
    town: str
    version: str


def write_town_file(definition: Definition, town: str, number: int, day: date) -> str:
    """The file's text."""
    head = f"# 年輪の手続きファイル\n# 町: {town}\n# 版: 第{number}版（{day.isoformat()}）\n"
    return head + write_definition(definition)


def read_town_file(text: str) -> TownFile:
    """What is in it, tried with its own tests.

    Raises DefinitionRefused with the line or the field and the reason for everything wrong in it.
    """
    plain = text.replace("\r\n", "\n")
    definition = read_definition(plain)
    program_of(definition)
    broken = broken_examples(definition)
    if broken:
        raise DefinitionRefused(broken)
    found = HEAD.match(plain)
    town, version = (found["town"], found["version"]) if found else ("", "")
    return TownFile(definition, town.strip(), version.strip())
