"""An Atom feed's bytes to its entries; as little is obeyed as in a telegram."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from lxml import etree

from .errors import FeedMalformed

ATOM = "{http://www.w3.org/2005/Atom}"
LONGEST_ID = 200  # Telegram.feed_id

Element: TypeAlias = etree._Element


@dataclass(frozen=True, slots=True)
class Entry:
    """One telegram that a feed names. ``updated``: seconds since 1970, 0 where unreadable."""

    feed_id: str
    link: str
    updated: float


def read_feed(data: bytes) -> list[Entry]:
    """The feed's entries, each id once; an entry without a link is left out.

    Raises FeedMalformed. A document type declaration is refused outright.
    """
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise FeedMalformed("DOCTYPE や ENTITY を含むフィードは受け付けません。")
    root = _parse(data)
    entries = (_entry(element) for element in root.iterfind(f"{ATOM}entry"))
    return list({entry.feed_id: entry for entry in entries if entry}.values())


def _parse(data: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedMalformed(f"フィードがXMLとして読めません: {error}") from error
    if root is None or root.tag != f"{ATOM}feed":
        raise FeedMalformed("Atomフィードではありません。")
    # A declaration in another encoding (UTF-16) passes the search for its bytes.
    if root.getroottree().docinfo.doctype:
        raise FeedMalformed("DOCTYPE を含むフィードは受け付けません。")
    return root


def _entry(element: Element) -> Entry | None:
    links = (
        found.get("href", "").strip()
        for found in element.iterfind(f"{ATOM}link")
        if found.get("rel", "alternate") == "alternate"
    )
    link = next((href for href in links if href), "")
    if not link:
        return None
    feed_id = (element.findtext(f"{ATOM}id") or "").strip() or link
    return Entry(feed_id[:LONGEST_ID], link, _seconds(element.findtext(f"{ATOM}updated") or ""))


def _seconds(written: str) -> float:
    try:
        return datetime.fromisoformat(written.strip()).timestamp()
    except (ValueError, OverflowError):
        return 0.0
