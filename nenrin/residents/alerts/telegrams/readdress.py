"""Let a telegram about another place speak of the town, for drills only.

The most severe area of each layer becomes the town's area on that layer. Control/Status becomes
訓練 in every case, so that the result can never be taken for a real one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from .bodies.earthquake import LAYERS
from .document import Element, read_document
from .elements import find, find_all, text
from .errors import CannotReaddress
from .model import Status

INTENSITIES = ("1", "2", "3", "4", "5-", "5+", "6-", "6+", "7")


@dataclass(frozen=True, slots=True)
class TelegramPlace:
    """Names and codes of the town on every layer: (name, code) pairs."""

    municipality: tuple[str, str]
    grouped: tuple[str, str]
    primary: tuple[str, str]
    office: tuple[str, str]
    seismic_prefecture: tuple[str, str]
    seismic_area: tuple[str, str]
    seismic_city: tuple[str, str]

    def on_layer(self, layer: str) -> tuple[str, str] | None:
        """The town's area on a layer named as ``Warning/@type`` and ``Information/@type`` are."""
        for words, pair in (
            ("市町村等をまとめた地域等", self.grouped),
            ("市町村等", self.municipality),
            ("一次細分区域等", self.primary),
            ("発表細分", self.primary),
            ("府県予報区等", self.office),
        ):
            if words in layer:
                return pair
        return None


def readdress(data: bytes, place: TelegramPlace) -> bytes:
    """Return the telegram as one about ``place``, marked 訓練.

    One that names the town already only gets the mark. Raises TelegramError for what is no
    telegram, CannotReaddress where no area can stand for the town (rivers, volcanoes, coasts).
    """
    report = read_document(data)
    status = find(report, "Control/Status")
    if status is not None:
        status.text = Status.DRILL
    if not _names_town(report, place):
        renamed = _rename_warnings(report, place) or _rename_intensities(report, place)
        if not renamed and not _rename_digest(report, place):
            raise CannotReaddress("この種類の電文は、ほかの町の訓練に使えません。")
    return bytes(etree.tostring(report, xml_declaration=True, encoding="UTF-8"))


def _names_town(report: Element, place: TelegramPlace) -> bool:
    codes = {place.municipality[1], place.seismic_city[1]}
    return any((code.text or "").strip() in codes for code in report.iter("{*}Code"))


def _rename_warnings(report: Element, place: TelegramPlace) -> bool:
    renamed = False
    for warning in find_all(report, "Body/Warning"):
        target = place.on_layer(warning.get("type", ""))
        found = [item for item in find_all(warning, "Item") if find(item, "Area") is not None]
        if target is None or not found:
            continue
        worst = max(found, key=_severity)
        _rename_everywhere(report, text(worst, "Area/Code"), text(worst, "Area/Name"), target)
        renamed = True
    return renamed


def _severity(item: Element) -> tuple[int, int]:
    levels = [int(c.text or 0) for c in item.iter("{*}Code") if _is_number(c)]
    significancies = [
        int(code.text or 0)
        for part in item.iter("{*}Significancy")
        for code in find_all(part, "Code")
        if _is_number(code)
    ]
    in_force = any((s.text or "") not in ("解除", "なし", "") for s in item.iter("{*}Status"))
    return (max(significancies, default=0) if in_force else -1, max(levels, default=0))


def _is_number(element: Element) -> bool:
    return (element.text or "").strip().isdigit()


def _rename_intensities(report: Element, place: TelegramPlace) -> bool:
    observation = find(report, "Body/Intensity/Observation")
    targets = {
        "Pref": place.seismic_prefecture,
        "Area": place.seismic_area,
        "City": place.seismic_city,
        "IntensityStation": place.seismic_city,
    }
    element = observation
    renamed = False
    while element is not None:
        below = [child for child in element if child.tag.rpartition("}")[2] in LAYERS]
        if not below:
            break
        element = max(below, key=_intensity)
        target = targets[element.tag.rpartition("}")[2]]
        _rename(element, target)
        renamed = True
    if renamed:
        _rename_first(report, place)
    return renamed


def _intensity(element: Element) -> int:
    written = text(element, "MaxInt") or text(element, "Int")
    return INTENSITIES.index(written) if written in INTENSITIES else -1


def _rename_first(report: Element, place: TelegramPlace) -> None:
    for information in find_all(report, "Head/Headline/Information"):
        target = place.seismic_city if "市町村" in information.get("type", "") else None
        target = target or place.seismic_area
        for area in find_all(information, "Item/Areas/Area")[:1]:
            _rename(area, target)


def _rename_digest(report: Element, place: TelegramPlace) -> bool:
    renamed = False
    for information in find_all(report, "Head/Headline/Information"):
        target = place.on_layer(information.get("type", ""))
        areas = find_all(information, "Item/Areas/Area")
        if target is None or not areas:
            continue
        _rename_everywhere(report, text(areas[0], "Code"), text(areas[0], "Name"), target)
        renamed = True
    return renamed


def _rename_everywhere(report: Element, code: str, name: str, target: tuple[str, str]) -> None:
    for area in report.iter("{*}Area"):
        if text(area, "Code") == code and text(area, "Name") == name:
            _rename(area, target)
    if len(name) > 1:
        _replace_in_texts(report, lambda words: words.replace(name, target[0]))


def _replace_in_texts(report: Element, replace: Callable[[str], str]) -> None:
    for path in ("Head/Title", "Head/Headline/Text"):
        element = find(report, path)
        if element is not None and element.text:
            element.text = replace(element.text)


def _rename(element: Element, target: tuple[str, str]) -> None:
    for path, words in (("Name", target[0]), ("Code", target[1])):
        found = find(element, path)
        if found is not None:
            found.text = words
