"""Reading small things out of elements, whatever their namespace."""

from datetime import datetime

from .document import Element
from .errors import TelegramMalformed


def find(element: Element | None, path: str) -> Element | None:
    """First element at a path of local names, ``Kind/Code``; None when there is none."""
    for name in path.split("/"):
        if element is None:
            return None
        element = element.find(f"{{*}}{name}")
    return element


def find_all(element: Element | None, path: str) -> list[Element]:
    """All elements at a path of local names."""
    if element is None:
        return []
    found: list[Element] = element.findall("/".join(f"{{*}}{name}" for name in path.split("/")))
    return found


def text(element: Element | None, path: str) -> str:
    """Stripped text at a path; empty when the element is missing or empty."""
    found = find(element, path)
    return (found.text or "").strip() if found is not None else ""


def optional(element: Element | None, path: str) -> str | None:
    """Text at a path, or None where the element is missing or empty."""
    return text(element, path) or None


def moment(element: Element | None, path: str) -> datetime | None:
    """Aware time at a path, or None; raises TelegramMalformed for text that is no time."""
    written = text(element, path)
    if not written:
        return None
    try:
        found = datetime.fromisoformat(written)
    except ValueError as error:
        raise TelegramMalformed(f"{path} の日時 {written!r} が読めません。") from error
    if found.tzinfo is None:
        raise TelegramMalformed(f"{path} の日時 {written!r} に時差がありません。")
    return found


def required_moment(element: Element | None, path: str) -> datetime:
    """Like `moment`, but raises TelegramMalformed where it is missing."""
    found = moment(element, path)
    if found is None:
        raise TelegramMalformed(f"{path} がありません。")
    return found


def number(element: Element | None) -> float | None:
    """The element's number, or None for NaN, empty text and 値なし."""
    try:
        value = float((element.text or "").strip()) if element is not None else float("nan")
    except ValueError:
        return None
    return None if value != value else value
