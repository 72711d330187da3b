"""Furigana over the kanji of a page, and a reading of a text for speech.

Words and readings come from SudachiPy's core dictionary; names of this area, which no dictionary
reads right, are registered by the modules that know them (`local_readings`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import jaconv
from lxml import html

from nenrin.core.registry.registry import Registry

from .dictionary import tokenize

KANJI = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff々〆ヶ]")
# After a number the dictionary reads these as parts of other words (23日 as …か).
COUNTERS = {
    "日": "にち",
    "月": "がつ",
    "人": "にん",
    "分": "ふん",
    "時": "じ",
    "円": "えん",
    "年": "ねん",
}
UNTOUCHED = frozenset({"script", "style", "textarea", "option", "title", "ruby", "svg", "code"})
PIECE = re.compile(f"{KANJI.pattern}+|[^{KANJI.pattern[1:]}+")


@dataclass(frozen=True)
class LocalReading:
    """A word that the dictionary would misread, with its reading in hiragana."""

    key: str
    reading: str


local_readings: Registry[LocalReading] = Registry("local reading")


def annotate_page(page: str) -> str:
    """The page with ``<ruby>`` over the kanji of its body; markup and scripts stay as they are."""
    tree = html.document_fromstring(page)
    for element in list(tree.body.iter()):
        if isinstance(element.tag, str) and not _untouched(element):
            _annotate_element(element)
    annotated: str = html.tostring(tree, encoding="unicode")
    return "<!doctype html>\n" + annotated


def _untouched(element: html.HtmlElement) -> bool:
    return element.tag in UNTOUCHED or any(
        parent.tag in UNTOUCHED or parent.get("data-plain") is not None
        for parent in (element, *element.iterancestors())
    )


def _annotate_element(element: html.HtmlElement) -> None:
    for child in list(element):
        if child.tail and KANJI.search(child.tail):
            parts = _fragments(child.tail)
            child.tail = None
            _insert(element, list(element).index(child) + 1, child, parts)
    if element.text and KANJI.search(element.text):
        parts = _fragments(element.text)
        element.text = None
        _insert(element, 0, None, parts)


def _insert(
    parent: html.HtmlElement,
    index: int,
    before: html.HtmlElement | None,
    parts: list[tuple[str, str]],
) -> None:
    for text, reading in parts:
        if reading:
            before = _ruby(text, reading)
            parent.insert(index, before)
            index += 1
        elif before is None:
            parent.text = (parent.text or "") + text
        else:
            before.tail = (before.tail or "") + text


def _ruby(text: str, reading: str) -> html.HtmlElement:
    ruby = html.Element("ruby")
    ruby.text = text
    opening, annotation, closing = html.Element("rp"), html.Element("rt"), html.Element("rp")
    opening.text, annotation.text, closing.text = "（", reading, "）"
    ruby.extend([opening, annotation, closing])
    return ruby


def _fragments(text: str) -> list[tuple[str, str]]:
    return [part for word, reading in words_with_readings(text) for part in _align(word, reading)]


def words_with_readings(text: str) -> Iterator[tuple[str, str]]:
    """Each word with its reading in hiragana; an empty reading for what is no kanji word."""
    known = {local.key: local.reading for local in local_readings}
    pattern = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    for piece in re.split(f"({pattern})", text) if pattern else [text]:
        if piece in known:
            yield piece, known[piece]
        elif piece:
            yield from _dictionary_words(piece)


def _dictionary_words(text: str) -> Iterator[tuple[str, str]]:
    after_number = False
    for word in tokenize(text):
        surface = word.surface()
        reading = jaconv.kata2hira(word.reading_form()) if KANJI.search(surface) else ""
        if after_number:
            reading = COUNTERS.get(surface, reading)
        yield surface, reading
        after_number = surface.isdigit()


def spoken(text: str) -> str:
    """The text in kana where it has kanji: what a voice that knows no local names should read."""
    return "".join(reading or word for word, reading in words_with_readings(text))


def _align(word: str, reading: str) -> list[tuple[str, str]]:
    """Split a word so that only its kanji carry their part of the reading (食べる: 食 た, べる)."""
    if not reading:
        return [(word, "")]
    pieces = PIECE.findall(word)
    pattern = "".join(
        "(.+?)" if KANJI.match(piece) else re.escape(jaconv.kata2hira(piece)) for piece in pieces
    )
    matched = re.fullmatch(pattern, reading)
    if matched is None:
        return [(word, reading)]
    readings = iter(matched.groups())
    return [(piece, next(readings) if KANJI.match(piece) else "") for piece in pieces]
