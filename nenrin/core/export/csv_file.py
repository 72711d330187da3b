"""CSV that a spreadsheet opens without carrying out what residents typed.

A cell that begins like a formula is carried out by spreadsheets when the file is opened (CWE-1236);
an apostrophe before it makes it plain text.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

# Half and full width, as spreadsheets with Japanese input read both.
STARTS_FORMULA = tuple("=+-@|%\t\r\n＝＋－−＠")
PLAIN_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
ENCODINGS = ("utf-8-sig", "cp932")


def safe_cell(value: object) -> str:
    """A value as text that no spreadsheet carries out; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    # Spaces do not help: some programs take them off before they look.
    seems_formula = text.lstrip(" \u3000").startswith(STARTS_FORMULA)
    if seems_formula and not PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def csv_bytes(
    heads: Sequence[str], rows: Iterable[Sequence[object]], *, encoding: str = "utf-8-sig"
) -> bytes:
    """The whole file. With ``cp932`` for old software, letters it lacks become ``?``."""
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([safe_cell(head) for head in heads])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return sink.getvalue().encode(encoding, "replace" if encoding == "cp932" else "strict")


def csv_response(
    name: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    encoding: str = "utf-8-sig",
) -> HttpResponse:
    """The file as a download that no cache keeps."""
    charset = "Shift_JIS" if encoding == "cp932" else "utf-8"
    response = HttpResponse(
        csv_bytes(heads, rows, encoding=encoding), content_type=f"text/csv; charset={charset}"
    )
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-store"
    return response
