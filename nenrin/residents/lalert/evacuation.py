"""避難勧告・指示情報 (EvacuationOrder): orders by level, each with its districts."""

from itertools import groupby

from lxml import etree

from .envelope import BASIS, COMMONS, add, add_disaster, envelope, local_time, word
from .port import DistrictOrder, OrderReport

SPACE = "http://xml.publiccommons.ne.jp/pcxml1/body/evacuation3"
CATEGORY = "EvacuationOrder"


def evacuation_document(report: OrderReport) -> bytes:
    """The document of an event's orders: what stands, strongest first, then what has ended."""
    body = etree.Element(f"{{{SPACE}}}EvacuationOrder", nsmap={"pcx_ev": SPACE})
    add_disaster(body, report.document)
    standing = [order for order in report.orders if not order.is_lifted]
    _add_numbers(add(body, SPACE, "TotalNumber"), standing)
    ordered = sorted(report.orders, key=lambda o: (o.is_lifted, -o.level))
    for (is_lifted, level), orders in groupby(ordered, key=lambda o: (o.is_lifted, o.level)):
        _add_detail(body, level, is_lifted, list(orders))
    return envelope(report.sender, report.document, CATEGORY, body)


def _add_detail(
    body: etree._Element, level: int, is_lifted: bool, orders: list[DistrictOrder]
) -> None:
    detail = add(body, SPACE, "Detail")
    add(detail, SPACE, "Sort", word("sort", str(level)))
    add(detail, SPACE, "IssueOrLift", "解除" if is_lifted else "発令")
    _add_numbers(add(detail, SPACE, "Object"), orders)
    areas = add(detail, SPACE, "Areas")
    for order in orders:
        area = add(areas, SPACE, "Area")
        location = add(area, BASIS, "Location")
        add(location, COMMONS, "areaName", order.name)
        if order.kana:
            add(location, COMMONS, "areaNameKana", order.kana)
        add(area, SPACE, "DateTime", local_time(order.at))
        _add_numbers(add(area, SPACE, "Object"), [order])


def _add_numbers(parent: etree._Element, orders: list[DistrictOrder]) -> None:
    """Households and persons; left out where they are not known."""
    households = [order.households for order in orders if order.households is not None]
    persons = [order.persons for order in orders if order.persons is not None]
    if households:
        element = add(parent, SPACE, "Households", sum(households))
        element.set(f"{{{SPACE}}}unit", "世帯")
    if persons:
        add(parent, SPACE, "HeadCount", sum(persons))
