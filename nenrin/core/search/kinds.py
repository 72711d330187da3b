"""Kinds of things that can be found; every module registers its own."""

from dataclasses import dataclass

from nenrin.core.registry.registry import Registry


@dataclass(frozen=True)
class SearchKind:
    """A kind with its name on the page of results."""

    key: str
    label: str


search_kinds: Registry[SearchKind] = Registry("search kind")
