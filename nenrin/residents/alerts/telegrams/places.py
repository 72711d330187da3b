"""Areas as telegrams name them."""

from collections.abc import Iterator
from dataclasses import dataclass

from .document import Element
from .elements import find_all, text


@dataclass(frozen=True, slots=True)
class Area:
    """A named area with its code on the layer that it was written on."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class HeadlineItem:
    """One entry of the headline's digest: these kinds for these areas, on one layer."""

    layer: str
    kinds: tuple[tuple[str, str], ...]
    areas: tuple[Area, ...]


def read_area(element: Element) -> Area:
    """Name and code of an ``Area`` element."""
    return Area(text(element, "Name"), text(element, "Code"))


def areas_of(item: Element) -> list[Area]:
    """Areas of an ``Item``: its own ``Area``, or those of its ``Areas``."""
    found = find_all(item, "Area") or find_all(item, "Areas/Area")
    return [read_area(element) for element in found]


def read_digest(headline: Element | None) -> Iterator[HeadlineItem]:
    """The headline's digest by area."""
    for information in find_all(headline, "Information"):
        for item in find_all(information, "Item"):
            kinds = tuple((text(k, "Name"), text(k, "Code")) for k in find_all(item, "Kind"))
            yield HeadlineItem(information.get("type", ""), kinds, tuple(areas_of(item)))
