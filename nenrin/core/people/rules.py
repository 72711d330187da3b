"""Pure rules about persons: My Numbers that must not come in, and dates as towns write them."""

import csv
import re
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path

# Twelve digits, also in groups of four, and not a part of a longer number.
TWELVE_DIGITS = re.compile(r"(?<!\d)(\d{4})[- ‐－―ー]?(\d{4})[- ‐－―ー]?(\d{4})(?!\d)")
# One digit a box, as forms print it.
BOXED = re.compile(r"(?<!\d)(?<!\d[ \n])\d(?:[ \n]\d){11}(?![ \n]?\d)")
ERA_DATE = re.compile(
    r"([RHSTM令平昭大明])[和成治正]?(\d{1,2}|元)[.年/-](\d{1,2})[.月/-](\d{1,2})日?"
)
WESTERN_DATE = re.compile(r"(\d{4})[-/年.]?(\d{1,2})[-/月.]?(\d{1,2})日?")


def contains_my_number(text: str) -> bool:
    """Whether twelve digits in the text pass the My Number check digit.

    The twelfth digit is 11 − (Σ Pn·Qn mod 11), or 0 where that remainder is 0 or 1; Qn = n + 1 for
    n ≤ 6, else n − 5, counted from the right of the first eleven (番号利用法施行規則 別表).
    """
    plain = unicodedata.normalize("NFKC", text)
    found = ["".join(match.groups()) for match in TWELVE_DIGITS.finditer(plain)]
    found += ["".join(match.group().split()) for match in BOXED.finditer(plain)]
    return any(_passes(digits) for digits in found)


def _passes(digits: str) -> bool:
    from_right = [int(digit) for digit in reversed(digits[:11])]
    weights = [n + 1 if n <= 6 else n - 5 for n in range(1, 12)]
    remainder = sum(p * q for p, q in zip(from_right, weights, strict=True)) % 11
    return int(digits[11]) == (0 if remainder <= 1 else 11 - remainder)


@cache
def _eras() -> dict[str, tuple[date, date]]:
    path = Path(__file__).parent / "data" / "eras.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found, end = {}, date.max
    for row in rows:
        start = date.fromisoformat(row["start"])
        found[row["letter"]] = found[row["name"][0]] = (start, end)
        end = start
    return found


def parse_date(text: str) -> date:
    """A date in 西暦 (2026-11-24, 20261124) or 和暦 (S30.1.2, 昭和30年1月2日, 令和元年5月1日).

    Raises ValueError for what is no date, or a day outside its era.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if western := WESTERN_DATE.fullmatch(plain):
        return date(*(int(part) for part in western.groups()))
    era = ERA_DATE.fullmatch(plain)
    if not era:
        raise ValueError("日付として読めません")
    start, end = _eras()[era[1]]
    year = 1 if era[2] == "元" else int(era[2])
    found = date(start.year + year - 1, int(era[3]), int(era[4]))
    if not start <= found < end:
        raise ValueError("その元号にない日です")
    return found
