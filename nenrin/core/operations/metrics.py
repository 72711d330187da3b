"""Gauges for Prometheus, read from the database: the same on every machine, and no one's names.

Web servers and workers are many and come and go, so nothing is counted in a process. Modules
register their gauges from their plugs.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from nenrin.core.registry.registry import Registry


@dataclass(frozen=True)
class Sample:
    """One value; labels are codes and kinds, never anything personal."""

    value: float
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Gauge:
    """A family of samples; its key is the metric's name after ``nenrin_``."""

    key: str
    words: str
    read: Callable[[], Iterable[Sample]]


gauges: Registry[Gauge] = Registry("gauge")


def one_label(name: str, rows: Iterable[tuple[Any, Any]]) -> Iterator[Sample]:
    """Samples from rows of a label's value and a number."""
    return (Sample(float(value), {name: str(label)}) for label, value in rows)


def exposition(families: Iterable[Gauge]) -> str:
    """The text that Prometheus reads (exposition format 0.0.4).

    A gauge that cannot be read is left out and counted in ``nenrin_gauges_failed``.
    """
    lines: list[str] = []
    failed = 0
    for gauge in families:
        try:
            lines += _family(gauge.key, gauge.words, list(gauge.read()))
        except Exception:
            failed += 1
    lines += _family("gauges_failed", "gauges that could not be read", [Sample(failed)])
    return "\n".join(lines) + "\n"


def _family(key: str, words: str, samples: Iterable[Sample]) -> list[str]:
    name = f"nenrin_{key}"
    head = [f"# HELP {name} {words}", f"# TYPE {name} gauge"]
    return head + [f"{name}{_labels(sample.labels)} {sample.value:.10g}" for sample in samples]


def _labels(labels: dict[str, str]) -> str:
    inner = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{inner}}}" if inner else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
