"""The CSV that a resident system exports: one line a person, read as it comes or refused."""

import csv
import io
import unicodedata
from dataclasses import dataclass
from datetime import date

from .rules import contains_my_number, parse_date

COLUMNS = (
    "世帯番号", "住民番号", "氏", "名", "氏カナ", "名カナ", "生年月日", "性別", "世帯主",
    "地区コード", "班", "住所",
)  # fmt: skip
REQUIRED = ("世帯番号", "住民番号", "氏", "名", "生年月日", "地区コード", "住所")
SEXES = {"男": "M", "女": "F", "1": "M", "2": "F", "": ""}
HEADS = {"1": True, "○": True, "世帯主": True, "本人": True, "0": False, "": False}
LIMITS = {
    "世帯番号": 20,
    "住民番号": 20,
    "氏": 40,
    "名": 40,
    "氏カナ": 60,
    "名カナ": 60,
    "地区コード": 10,
    "住所": 120,
}
# Codes and marks, which some systems write in full-width characters.
CODES = frozenset({"世帯番号", "住民番号", "性別", "世帯主", "地区コード", "班"})
MAX_NEIGHBOURHOOD = 999
MAX_BYTES = 20 * 1024 * 1024


class CsvRefused(Exception):
    """The file as a whole cannot be read; the text says what to do, in Japanese."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line that cannot be taken, with the reason; never with the value."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as the file has them."""

    line: int
    household: str
    number: str
    family_name: str
    given_name: str
    family_name_kana: str
    given_name_kana: str
    birth_date: date
    sex: str
    is_head: bool
    district: str
    neighbourhood: int | None
    address: str


def read_rows(data: bytes, today: date) -> tuple[list[PersonRow], list[BadRow]]:
    """Persons and bad lines of a file in UTF-8 (with or without BOM) or CP932.

    Raises CsvRefused where nothing can be read: encoding, header, size.
    """
    if len(data) > MAX_BYTES:
        raise CsvRefused(f"ファイルが大きすぎます（{MAX_BYTES // 1024 // 1024} MBまで）。")
    reader = csv.reader(io.StringIO(_decode(data), newline=""), strict=True)
    rows: list[PersonRow] = []
    bad: list[BadRow] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(header)
        line = reader.line_num + 1
        for values in reader:
            if any(value.strip() for value in values):
                _read_line(line, header, values, (rows, bad, today))
            # A value may hold line breaks: the next person begins after the last line read.
            line = reader.line_num + 1
    except csv.Error as error:
        raise CsvRefused(
            f'{reader.line_num} 行目のあたりがCSVとして読めません。引用符（"）を確かめてください。'
        ) from error
    if not rows and not bad:
        raise CsvRefused("見出しだけで、人の行がありません。出し直してください。")
    return rows, bad


def _decode(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise CsvRefused("文字コードが読めません。UTF-8 か Shift_JIS（CP932）で保存してください。")


def _check_header(header: list[str]) -> None:
    """Refuse a wrong header by position: a file without one has a person in its first line."""
    if not any(header):
        raise CsvRefused("ファイルが空です。住民システムから出し直してください。")
    if len(header) == 1 and any(mark in header[0] for mark in "\t;；"):
        raise CsvRefused("区切りがコンマではありません。コンマ区切りのCSVで保存してください。")
    missing = [name for name in COLUMNS if name not in header]
    unknown = [f"{at} 列目" for at, name in enumerate(header, 1) if name not in COLUMNS]
    repeated = [name for name in COLUMNS if header.count(name) > 1]
    problems = (("ない列", missing), ("知らない列", unknown), ("二つある列", repeated))
    words = [f"{title}: {'、'.join(names)}" for title, names in problems if names]
    if words:
        raise CsvRefused(f"1行目の見出しを直してください。{'。'.join(words)}。")


def _read_line(
    line: int,
    header: list[str],
    values: list[str],
    into: tuple[list[PersonRow], list[BadRow], date],
) -> None:
    rows, bad, today = into
    if len(values) != len(header):
        bad.append(BadRow(line, f"列の数が {len(values)} です。{len(header)} にしてください"))
        return
    found = {name: _plain(name, value) for name, value in zip(header, values, strict=True)}
    reasons = list(_reasons(found, today))
    if reasons:
        bad.extend(BadRow(line, reason) for reason in reasons)
        return
    rows.append(_person(line, found))


def _plain(name: str, value: str) -> str:
    return unicodedata.normalize("NFKC", value).strip() if name in CODES else value.strip()


def _reasons(found: dict[str, str], today: date) -> list[str]:
    secret = [name for name, value in found.items() if contains_my_number(value)]
    if secret:
        return [f"「{name}」にマイナンバーらしい12桁があります。消してください" for name in secret]
    reasons = [f"「{name}」が空です" for name in REQUIRED if not found[name]]
    reasons += [
        f"「{name}」が {most} 文字を超えています"
        for name, most in LIMITS.items()
        if len(found[name]) > most
    ]
    if found["性別"] not in SEXES:
        reasons.append("「性別」は 男・女・1・2 か空にしてください")
    if found["世帯主"] not in HEADS:
        reasons.append("「世帯主」は 1・0・○ か空にしてください")
    if found["班"] and not _is_neighbourhood(found["班"]):
        reasons.append(f"「班」は 1 から {MAX_NEIGHBOURHOOD} の半角の数字にしてください")
    return reasons + _date_reasons(found["生年月日"], today)


def _is_neighbourhood(text: str) -> bool:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MAX_NEIGHBOURHOOD))):
        return False
    return int(text) > 0


def _date_reasons(text: str, today: date) -> list[str]:
    if not text:
        return []
    try:
        born = parse_date(text)
    except ValueError as error:
        return [f"「生年月日」が正しくありません（{error}）"]
    return ["「生年月日」が先の日です"] if born > today else []


def _person(line: int, found: dict[str, str]) -> PersonRow:
    return PersonRow(
        line=line,
        household=found["世帯番号"],
        number=found["住民番号"],
        family_name=found["氏"],
        given_name=found["名"],
        family_name_kana=found["氏カナ"],
        given_name_kana=found["名カナ"],
        birth_date=parse_date(found["生年月日"]),
        sex=SEXES[found["性別"]],
        is_head=HEADS[found["世帯主"]],
        district=found["地区コード"],
        neighbourhood=int(found["班"]) if found["班"] else None,
        address=found["住所"],
    )
