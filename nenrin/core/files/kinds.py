"""Kinds of files we take, recognised by their content and never by their name."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

PNG: Final = b"\x89PNG\r\n\x1a\n"
HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
TEXT_ENCODINGS: Final = ("utf-8-sig", "cp932")
CSV_ROWS_READ: Final = 50
OTHER_LANGUAGES: Final = ("<", "%!", "%PDF", "#!", "{")


@dataclass(frozen=True)
class FileKind:
    """One kind: how its bytes are recognised, and how it is served."""

    key: str
    label: str
    content_type: str
    extensions: tuple[str, ...]
    is_like: Callable[[bytes], bool]


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]


def _is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-65536:]


def _is_png(content: bytes) -> bool:
    return content.startswith(PNG) and content[12:16] == b"IHDR" and b"IEND" in content[-64:]


def _is_heic(content: bytes) -> bool:
    length = int.from_bytes(content[:4], "big")
    if content[4:8] != b"ftyp" or not 16 <= length <= 256 or len(content) <= length:
        return False
    brands = content[8:12] + content[16:length]
    return any(brands[at : at + 4] in HEIC_BRANDS for at in range(0, len(brands), 4))


def _is_csv(content: bytes) -> bool:
    text = _decoded(content)
    if text is None or text.lstrip().startswith(OTHER_LANGUAGES):
        return False
    rows = csv.reader(io.StringIO(text), strict=True)
    try:
        widths = [len(row) for row, _ in zip(rows, range(CSV_ROWS_READ), strict=False) if row]
    except csv.Error:
        return False
    return len(set(widths)) == 1 and widths[0] > 1


def _decoded(content: bytes) -> str | None:
    for encoding in TEXT_ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        plain = all(letter >= " " or letter in "\t\r\n" for letter in text)
        return text if plain else None
    return None


KINDS: Final = {
    kind.key: kind
    for kind in (
        FileKind("pdf", "PDF", "application/pdf", (".pdf",), _is_pdf),
        FileKind("jpeg", "写真（JPEG）", "image/jpeg", (".jpg", ".jpeg"), _is_jpeg),
        FileKind("png", "画像（PNG）", "image/png", (".png",), _is_png),
        FileKind("heic", "写真（HEIC）", "image/heic", (".heic", ".heif"), _is_heic),
        FileKind("csv", "表（CSV）", "text/csv", (".csv",), _is_csv),
    )
}


def kind_of(content: bytes) -> FileKind | None:
    """What the bytes are; None for what we do not know or what was cut off."""
    return next((kind for kind in KINDS.values() if kind.is_like(content)), None)


def labels(keys: Iterable[str]) -> str:
    """The kinds' names for a sentence, in their usual order."""
    wanted = frozenset(keys)
    return "・".join(kind.label for kind in KINDS.values() if kind.key in wanted)
