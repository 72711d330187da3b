"""The envelope: EDXL-DE 1.0 with コモンズ's own two elements, and the report's head."""

import csv
import re
from datetime import datetime
from functools import cache
from pathlib import Path

from lxml import etree

from nenrin.core.areas.japan import JST

from .port import Document, Sender

EDXL = "urn:oasis:names:tc:emergency:EDXL:DE:1.0"
COMMONS = "http://xml.publiccommons.ne.jp/xml/edxl/"
REPORT = "http://xml.publiccommons.ne.jp/pcxml1/3"
HEAD = "http://xml.publiccommons.ne.jp/pcxml1/informationBasis3/"
BASIS = "http://xml.publiccommons.ne.jp/pcxml1/elementBasis3/"
PREFIXES = {"edxlde": EDXL, "commons": COMMONS, "pcx_ib": HEAD, "pcx_eb": BASIS}
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def word(kind: str, code: str) -> str:
    """コモンズ's word for one of our codes; raises KeyError for one it does not know."""
    with Path(__file__).with_name("words.csv").open(encoding="utf-8") as file:
        known = {(row["list"], row["code"]): row["word"] for row in csv.DictReader(file)}
    return known[kind, code]


def add(parent: etree._Element, space: str, name: str, text: object = "") -> etree._Element:
    """Append an element; characters that XML cannot carry are dropped."""
    element = etree.SubElement(parent, f"{{{space}}}{name}")
    element.text = NOT_XML.sub("", str(text)) or None
    return element


def local_time(moment: datetime) -> str:
    """2026-08-30T14:05:00+09:00."""
    return moment.astimezone(JST).replace(microsecond=0).isoformat()


def envelope(sender: Sender, document: Document, category: str, body: etree._Element) -> bytes:
    """The whole document around a body; the same input gives the same bytes."""
    root = etree.Element(f"{{{EDXL}}}EDXLDistribution", nsmap=PREFIXES)
    add(root, EDXL, "distributionID", _distribution(document))
    add(root, EDXL, "senderID", f"{sender.code}@{sender.domain}")
    add(root, EDXL, "dateTimeSent", local_time(document.reported_at))
    add(root, EDXL, "distributionStatus", "Exercise" if document.is_drill else "Actual")
    add(root, EDXL, "distributionType", _type(document))
    add(root, EDXL, "combinedConfidentiality", "UNCLASSIFIED AND NOT SENSITIVE")
    add(root, EDXL, "language", "ja")
    _add_area(root, sender)
    _add_content(root, sender, document, category, body)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _distribution(document: Document) -> str:
    return f"{document.identifier}-{document.revision}"


def _type(document: Document) -> str:
    if document.is_cancelled:
        return "Cancel"
    return "Report" if document.revision == 1 else "Update"


def _add_area(parent: etree._Element, sender: Sender) -> None:
    area = add(parent, COMMONS, "targetArea")
    add(area, COMMONS, "areaName", sender.town)
    add(area, COMMONS, "jisX0402", sender.code)


def _add_content(
    root: etree._Element, sender: Sender, document: Document, category: str, body: etree._Element
) -> None:
    content = add(root, COMMONS, "contentObject")
    add(content, EDXL, "contentDescription", document.headline)
    embedded = add(add(content, EDXL, "xmlContent"), EDXL, "embeddedXMLContent")
    embedded.append(_report(sender, document, category, body))
    add(content, COMMONS, "publishingOfficeName", sender.office)
    add(content, COMMONS, "publishingOfficeID", sender.code)
    add(content, COMMONS, "previousDocumentRevision", document.revision - 1)
    add(content, COMMONS, "documentRevision", document.revision)
    add(content, COMMONS, "documentID", document.identifier)
    add(content, COMMONS, "category", category)


def _report(
    sender: Sender, document: Document, category: str, body: etree._Element
) -> etree._Element:
    report = etree.Element(f"{{{REPORT}}}Report", nsmap={None: REPORT})
    control = add(report, REPORT, "Control")
    add(control, REPORT, "Title", category)
    add(control, EDXL, "distributionStatus", "Exercise" if document.is_drill else "Actual")
    for name in ("EditorialOffice", "PublishingOffice"):
        office = add(control, REPORT, name)
        add(office, BASIS, "OfficeName", sender.office)
        add(office, BASIS, "OrganizationName", sender.town)
        if sender.telephone:
            contact = add(office, BASIS, "ContactInfo", sender.telephone)
            contact.set(f"{{{BASIS}}}contactType", "phone")
    _add_head(report, sender, document)
    add(report, REPORT, "Body").append(body)
    return report


def _add_head(report: etree._Element, sender: Sender, document: Document) -> None:
    head = add(report, HEAD, "Head")
    add(head, HEAD, "Title", f"{sender.town}: {document.headline}")
    add(head, HEAD, "CreateDateTime", local_time(document.reported_at))
    add(head, HEAD, "ReportDateTime", local_time(document.reported_at))
    if document.valid_until:
        add(head, HEAD, "ValidDateTime", local_time(document.valid_until))
    add(head, EDXL, "distributionID", _distribution(document))
    add(head, EDXL, "distributionType", _type(document))
    add(head, COMMONS, "documentRevision", document.revision)
    add(head, COMMONS, "documentID", document.identifier)
    headline = add(head, HEAD, "Headline")
    add(headline, HEAD, "Text", document.headline)


def add_disaster(body: etree._Element, document: Document) -> None:
    """The name under which the event is known; a drill says so."""
    name = f"【訓練】{document.disaster}" if document.is_drill else document.disaster
    add(add(body, BASIS, "Disaster"), BASIS, "DisasterName", name)
