"""What modules add to a message's situation report and to its course of events.

A module that knows something about a message (orders, shelters, safety) registers a section or a
source of facts from its `plugs.py`; the boards show them all without knowing the module.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from nenrin.core.messaging.models import Message
from nenrin.core.registry.registry import Registry

FOLDED_FROM = 4


@dataclass(frozen=True)
class SectionContent:
    """What a section prints: figures in a line, then lines of text, then a table.

    Numbers in ``rows`` are printed to the right. An empty section prints ``empty``.
    """

    figures: Sequence[tuple[str, str]] = ()
    lines: Sequence[str] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str | int]] = ()
    empty: str = "ありません。"


@dataclass(frozen=True)
class ReportSection:
    """One numbered section of 状況報告書, in the order of ``order`` (発令 10, 気象 20, 避難所 30,
    安否 40, 届いた状況 50, 経過 90)."""

    key: str
    order: int
    title: str
    content: Callable[[Message], SectionContent]


@dataclass(frozen=True)
class Fact:
    """Something that happened in the course of a message. No names of residents."""

    at: datetime
    text: str
    detail: str = field(default="")
    is_weighty: bool = False


@dataclass(frozen=True)
class FactSource:
    """Tells what a module knows of a message's course."""

    key: str
    facts: Callable[[Message], Iterable[Fact]]


report_sections: Registry[ReportSection] = Registry("report section")
fact_sources: Registry[FactSource] = Registry("fact source")


def sections_in_order() -> list[ReportSection]:
    """Every registered section."""
    return sorted(report_sections, key=lambda section: section.order)


def facts_of(message: Message, limit: int = 0) -> list[Fact]:
    """The course of a message, newest first; ``limit`` 0 gives all.

    The same thing happening again and again within a minute is told once, with how often.
    """
    known = [fact for source in fact_sources for fact in source.facts(message)]
    known.sort(key=lambda fact: (fact.at.replace(second=0, microsecond=0), fact.text, fact.at))
    told = [
        _told(list(same))
        for _, same in groupby(known, lambda f: (f.at.replace(second=0, microsecond=0), f.text))
    ]
    told.sort(key=lambda fact: fact.at, reverse=True)
    return told[:limit] if limit else told


def _told(same: list[Fact]) -> Fact:
    if len(same) < FOLDED_FROM:
        return same[-1] if len(same) == 1 else replace(same[-1], detail=_details(same))
    return replace(same[-1], detail=f"{len(same)}件（{same[-1].detail} ほか）")


def _details(same: list[Fact]) -> str:
    return "、".join(dict.fromkeys(fact.detail for fact in same if fact.detail))
