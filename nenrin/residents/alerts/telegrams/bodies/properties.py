"""``Property`` elements: levels, amounts, times and sentences beside a kind."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..document import Element
from ..elements import find_all, text


@dataclass(frozen=True, slots=True)
class Value:
    """One figure of a property: which quantity, as written, in which unit, when and where.

    ``time`` is the ``refID`` of the time series' definition, empty outside one; ``place`` is the
    part of the area (陸上, 海上), empty for all of it.
    """

    quantity: str
    written: str
    unit: str
    name: str
    description: str
    time: str
    place: str


@dataclass(frozen=True, slots=True)
class Property:
    """A property's type, its sentences and its values."""

    type: str
    texts: tuple[str, ...]
    values: tuple[Value, ...]


def read_properties(kind: Element) -> tuple[Property, ...]:
    """All properties of a ``Kind``."""
    return tuple(
        Property(
            text(element, "Type"),
            tuple((t.text or "").strip() for t in find_all(element, "Text") if t.text),
            tuple(_values(element, "")),
        )
        for element in find_all(kind, "Property")
    )


def _values(element: Element, place: str) -> Iterator[Value]:
    place = text(element, "AreaName") or place
    for child in element:
        if child.get("type") is not None and child.tag.rpartition("}")[2] != "Text":
            yield _value(child, place)
        else:
            yield from _values(child, place)


def _value(element: Element, place: str) -> Value:
    written = text(element, "Code") or (element.text or "").strip()
    return Value(
        quantity=element.get("type", ""),
        written=written,
        unit=element.get("unit", ""),
        name=text(element, "Name"),
        description=element.get("description") or element.get("condition", ""),
        time=element.get("refID", ""),
        place=place,
    )
