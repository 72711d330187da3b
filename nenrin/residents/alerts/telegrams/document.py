"""Bytes to an element tree, with nothing in them obeyed: no entity, no DTD, no network."""

from typing import TypeAlias

from lxml import etree

from .errors import NotATelegram, TelegramMalformed, TelegramTooLarge

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 40
REPORT = "{http://xml.kishou.go.jp/jmaxml1/}Report"

Element: TypeAlias = etree._Element


def read_document(data: bytes) -> Element:
    """Return the ``Report`` element.

    Raises TelegramTooLarge, TelegramMalformed or NotATelegram. A document type declaration is
    refused outright: telegrams have none, attacks do.
    """
    if len(data) > MAX_BYTES:
        raise TelegramTooLarge(
            f"{len(data):,} バイトあります。電文は {MAX_BYTES:,} バイトまでです。"
        )
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise TelegramMalformed("DOCTYPE や ENTITY を含むXMLは受け付けません。")
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
        raise TelegramMalformed(f"XMLとして読めません: {error}") from error
    if root.getroottree().docinfo.doctype:
        raise TelegramMalformed("DOCTYPE や ENTITY を含むXMLは受け付けません。")
    if root.tag != REPORT:
        raise NotATelegram("気象庁防災情報XML（Report）ではありません。")
    if _depth(root) > MAX_DEPTH:
        raise TelegramTooLarge(f"要素の入れ子が {MAX_DEPTH} 段を超えています。")
    return root


def _depth(root: Element) -> int:
    deepest, level = 0, [root]
    while level:
        deepest += 1
        if deepest > MAX_DEPTH:
            break
        level = [child for element in level for child in element]
    return deepest
