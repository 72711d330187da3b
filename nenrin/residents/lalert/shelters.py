"""避難所情報 (Shelter): which shelters are open, and how full."""

from lxml import etree

from .envelope import COMMONS, EDXL, add, add_disaster, envelope, local_time, word
from .port import ShelterReport, ShelterState

SPACE = "http://xml.publiccommons.ne.jp/pcxml1/body/shelter3"
CATEGORY = "Shelter"


def shelter_document(report: ShelterReport) -> bytes:
    """The document of all shelters that matter to an event."""
    body = etree.Element(f"{{{SPACE}}}Shelter", nsmap={"pcx_sh": SPACE})
    add_disaster(body, report.document)
    _add_numbers(add(body, SPACE, "TotalNumber"), report.shelters)
    opened = sum(shelter.state == "open" for shelter in report.shelters)
    add(body, SPACE, "TotalNumberOfShelter", opened)
    informations = add(body, SPACE, "Informations")
    for shelter in report.shelters:
        _add_shelter(informations, shelter)
    return envelope(report.sender, report.document, CATEGORY, body)


def _add_shelter(parent: etree._Element, shelter: ShelterState) -> None:
    information = add(parent, SPACE, "Information")
    location = add(information, SPACE, "Location")
    if shelter.place:
        add(location, EDXL, "circle", f"{shelter.place[0]},{shelter.place[1]} 0")
    add(location, COMMONS, "areaName", shelter.name)
    if shelter.kana:
        add(location, COMMONS, "areaNameKana", shelter.kana)
    add(location, SPACE, "Address", shelter.address)
    add(information, SPACE, "Type", "避難所")
    add(information, SPACE, "Sort", word("shelter", shelter.state))
    if shelter.at:
        add(information, SPACE, "DateTime", local_time(shelter.at))
    if shelter.capacity is not None:
        add(information, SPACE, "Capacity", shelter.capacity)
    add(information, SPACE, "Status", word("room", shelter.room))
    _add_numbers(add(information, SPACE, "NumberOf"), (shelter,))
    if shelter.checked_at:
        add(information, SPACE, "CheckedDateTime", local_time(shelter.checked_at))


def _add_numbers(parent: etree._Element, shelters: tuple[ShelterState, ...]) -> None:
    persons = [s.persons for s in shelters if s.persons is not None]
    households = [s.households for s in shelters if s.households is not None]
    if persons:
        add(parent, SPACE, "HeadCount", sum(persons))
    if households:
        element = add(parent, SPACE, "Households", sum(households))
        element.set(f"{{{SPACE}}}unit", "世帯")
