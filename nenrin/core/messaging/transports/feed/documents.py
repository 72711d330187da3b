"""CAP 1.2 alerts and Atom feeds from the town's words."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from lxml import etree

from nenrin.core.areas.japan import JST

from ..contract import Words

CAP = "urn:oasis:names:tc:emergency:cap:1.2"
ATOM = "http://www.w3.org/2005/Atom"
CAP_TYPE = "application/cap+xml"
MUNICIPALITY = "全国地方公共団体コード"
LEVELS_FILE = Path(__file__).with_name("cap_levels.csv")
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Area:
    """Where the words hold; without polygons the name and the municipality's code speak."""

    name: str
    polygons: tuple[tuple[tuple[float, float], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """The alert that this one updates, as the feed published it."""

    sender: str
    identifier: str
    sent: str


def cap_alert(
    words: Words,
    *,
    sender: str = "",
    link: str = "",
    area: Area | None = None,
    earlier: Earlier | None = None,
) -> bytes:
    """The alert as CAP 1.2; an Update or a Cancel of `earlier`, an Exercise for a drill."""
    alert = etree.Element(f"{{{CAP}}}alert", nsmap={None: CAP})
    _add(alert, "identifier", words.message_id)
    _add(alert, "sender", sender or default_sender(words.town_code))
    _add(alert, "sent", cap_time(words.released_at))
    _add(alert, "status", "Exercise" if words.is_drill else "Actual")
    _add(alert, "msgType", _message_type(words, earlier))
    _add(alert, "scope", "Public")
    if words.is_drill:
        _add(alert, "note", "これは訓練です。本当の知らせではありません。")
    if earlier:
        _add(alert, "references", f"{earlier.sender},{earlier.identifier},{earlier.sent}")
    _add_info(alert, words, link, area or Area(words.town_name))
    return _bytes(alert)


def _message_type(words: Words, earlier: Earlier | None) -> str:
    """CAP 1.2 §3.2.1: a Cancel, like an Update, must name what it refers to."""
    if earlier is None:
        return "Alert"
    return "Cancel" if words.ends_earlier else "Update"


def _add_info(alert: etree._Element, words: Words, link: str, area: Area) -> None:
    level = cap_levels()[min(max(words.severity, 0), 5)]
    info = _add(alert, "info")
    _add(info, "language", "ja-JP")
    _add(info, "category", "Safety")
    _add(info, "event", words.heading)
    _add(info, "urgency", level["urgency"])
    _add(info, "severity", level["cap_severity"])
    _add(info, "certainty", level["certainty"])
    _add(info, "effective", cap_time(words.released_at))
    _add(info, "expires", cap_time(words.expires_at))
    _add(info, "senderName", words.town_name)
    _add(info, "headline", words.heading)
    _add(info, "description", words.body)
    if link:
        _add(info, "web", link)
    if words.easy_body:
        _add_pair(info, "parameter", "やさしい日本語", words.easy_body)
    _add_area(info, words, area)


def _add_area(info: etree._Element, words: Words, area: Area) -> None:
    element = _add(info, "area")
    _add(element, "areaDesc", area.name)
    for polygon in area.polygons:
        _add(element, "polygon", " ".join(f"{lat},{lon}" for lat, lon in polygon))
    _add_pair(element, "geocode", MUNICIPALITY, words.town_code)


def read_earlier(alert: bytes) -> Earlier:
    """What an update must name of an alert that was written by `cap_alert`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(alert, parser)
    found = [root.findtext(f"{{{CAP}}}{name}") or "" for name in ("sender", "identifier", "sent")]
    return Earlier(*found)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message in the Atom feed: its words, its page, and its CAP file."""

    words: Words
    page_url: str
    cap_url: str


def atom_feed(town_name: str, feed_url: str, updated: datetime, entries: Sequence[Entry]) -> bytes:
    """The newest messages, for readers and other systems; `updated` is used when it is empty."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    newest = max((entry.words.released_at for entry in entries), default=updated)
    _add(feed, "id", feed_url)
    _add(feed, "title", f"{town_name}からのお知らせ")
    _add(feed, "updated", cap_time(newest))
    _add(_add(feed, "author"), "name", town_name)
    _link(feed, "self", feed_url, "application/atom+xml")
    for entry in entries:
        _add_entry(feed, entry)
    return _bytes(feed)


def _add_entry(feed: etree._Element, entry: Entry) -> None:
    words = entry.words
    element = _add(feed, "entry")
    _add(element, "id", f"urn:uuid:{words.message_id}")
    _add(element, "title", words.heading)
    _add(element, "published", cap_time(words.released_at))
    _add(element, "updated", cap_time(words.released_at))
    if entry.page_url:
        _link(element, "alternate", entry.page_url, "text/html")
    _link(element, "enclosure", entry.cap_url, CAP_TYPE)
    _add(element, "content", words.body).set("type", "text")


def cap_time(moment: datetime) -> str:
    """Local time with its offset, without a fraction: CAP allows neither Z nor fractions."""
    return moment.astimezone(JST).replace(microsecond=0).isoformat()


def default_sender(town_code: str) -> str:
    return f"{town_code}.nenrin"


@cache
def cap_levels() -> dict[int, dict[str, str]]:
    with LEVELS_FILE.open(encoding="utf-8", newline="") as file:
        return {int(row["severity"]): row for row in csv.DictReader(file)}


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
    element.text = NOT_XML.sub("", text) or None
    return element


def _add_pair(parent: etree._Element, name: str, key: str, value: str) -> None:
    element = _add(parent, name)
    _add(element, "valueName", key)
    _add(element, "value", value)


def _link(parent: etree._Element, rel: str, href: str, media: str) -> None:
    element = _add(parent, "link")
    for name, value in {"rel": rel, "href": href, "type": media}.items():
        element.set(name, value)


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
