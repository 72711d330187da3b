import pytest

from nenrin.core.files.kinds import KINDS, kind_of
from nenrin.core.files.rules import safe_file_name

from .samples import CSV, HEIC, JPEG, PDF, PNG, SAMPLES


@pytest.mark.parametrize("key", SAMPLES)
def test_each_kind_is_known_by_its_content(key):
    assert kind_of(SAMPLES[key]).key == key


def test_japanese_spreadsheets_in_shift_jis_are_tables():
    assert kind_of(CSV.decode().encode("cp932")).key == "csv"


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03",
        b"<html><script>alert(1)</script></html>",
        b"<svg onload='alert(1)'/>",
        b"PK\x03\x04word",
        b"#!/bin/sh\nrm -rf /\nls\n,\n",
        b"GIF89a\x01\x00",
        b"a,b\n1,2,3\n",
        b"   \n",
        b"a,b\x00\n",
        PDF[:-7],
        JPEG[:-2],
        PNG[:-12],
        HEIC[:20],
    ],
)
def test_anything_else_or_cut_off_is_nothing_we_know(content):
    assert kind_of(content) is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\写真\\通知書.PDF", "通知書.pdf"),
        ("\u202egpj.exe", "gpj.exe.pdf"),
        ("請求書.pdf\r\nSet-Cookie: a=b", "請求書.pdfSet-Cookie_ a=b.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("あ" * 300 + ".pdf", "あ" * 100 + ".pdf"),
    ],
)
def test_names_are_made_safe(given, kept):
    assert safe_file_name(given, KINDS["pdf"]) == kept
