"""A check: one thing that must be so, and what to say when it is not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nenrin.core.registry.registry import Registry


@dataclass(frozen=True)
class Finding:
    """What is wrong and what to do, in short Japanese without personal data."""

    what: str
    do: str


@dataclass(frozen=True)
class Check:
    """``find`` yields a finding for everything that is wrong; it runs outside of a town scope."""

    key: str
    label: str
    find: Callable[[], Iterable[Finding]]


checks: Registry[Check] = Registry("doctor check")
