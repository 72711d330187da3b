"""Bytes to a `Telegram`."""

from collections.abc import Callable
from typing import TypeVar

from .bodies.earthquake import read_earthquake
from .bodies.information import read_information
from .bodies.tsunami import read_tsunami
from .bodies.volcano import read_volcano
from .bodies.warnings import read_warnings
from .document import Element, read_document
from .elements import find, moment, required_moment, text
from .errors import TelegramMalformed
from .kinds import TelegramKind, kind_of
from .model import Body, Control, Head, InfoType, Status, Telegram
from .places import read_digest

READERS: dict[str, Callable[[Element], Body]] = {
    "warning": read_warnings,
    "information": read_information,
    "earthquake": read_earthquake,
    "tsunami": read_tsunami,
    "volcano": read_volcano,
}
ChoiceT = TypeVar("ChoiceT", Status, InfoType)


def parse_telegram(data: bytes) -> Telegram:
    """Read a telegram; raises a TelegramError that says what is wrong."""
    report = read_document(data)
    control = _control(find(report, "Control"))
    kind = kind_of(control.title)
    return Telegram(kind, control, _head(find(report, "Head")), _body(kind, find(report, "Body")))


def _control(element: Element | None) -> Control:
    title = text(element, "Title")
    if not title:
        raise TelegramMalformed("Control/Title がありません。")
    return Control(
        title=title,
        sent_at=required_moment(element, "DateTime"),
        status=_choice(Status, element, "Status"),
        editorial_office=text(element, "EditorialOffice"),
        publishing_office=text(element, "PublishingOffice"),
    )


def _head(element: Element | None) -> Head:
    return Head(
        title=text(element, "Title"),
        report_datetime=required_moment(element, "ReportDateTime"),
        target_datetime=moment(element, "TargetDateTime"),
        valid_datetime=moment(element, "ValidDateTime"),
        event_id=text(element, "EventID"),
        info_type=_choice(InfoType, element, "InfoType"),
        serial=text(element, "Serial"),
        info_kind=text(element, "InfoKind"),
        info_kind_version=text(element, "InfoKindVersion"),
        headline=text(element, "Headline/Text"),
        digest=tuple(read_digest(find(element, "Headline"))),
        report_datetime_text=text(element, "ReportDateTime"),
    )


def _body(kind: TelegramKind, element: Element | None) -> Body | None:
    reader = READERS.get(kind.family)
    return reader(element) if reader and element is not None else None


def _choice(choices: type[ChoiceT], element: Element | None, path: str) -> ChoiceT:
    written = text(element, path)
    try:
        return choices(written)
    except ValueError as error:
        raise TelegramMalformed(f"{path} の値 {written!r} を知りません。") from error
