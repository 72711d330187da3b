"""ゆうちょ's 記号番号: its check digit, and what it is in other banks' terms.

記号 is five digits, 1ssc0 (総合口座) or 0ssc0 (振替口座), where c checks both; 番号 has up to eight
digits and ends in 1, or has up to six.
"""

import re

GENERAL = re.compile(r"1\d{3}0")
TRANSFER = re.compile(r"0\d{3}0")
KANJI = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))


def yucho_problem(symbol: str, number: str) -> dict[str, str]:
    """What is wrong with 記号 and 番号, by part; nothing where they fit together."""
    if not (GENERAL.fullmatch(symbol) or TRANSFER.fullmatch(symbol)):
        return {"symbol": "記号は5けたで、1か0で始まり0で終わります。通帳を見て書いてください。"}
    wanted = r"\d{1,7}1" if symbol[0] == "1" else r"\d{1,6}"
    if not re.fullmatch(wanted, number):
        words = "番号は8けたまでで1で終わります。" if symbol[0] == "1" else "番号は6けたまでです。"
        return {"number": f"{words}通帳を見て書いてください。"}
    if int(symbol[3]) != check_digit(symbol, number):
        return {"number": "記号と番号が合いません。1けたずつ通帳とくらべてください。"}
    return {}


def check_digit(symbol: str, number: str) -> int:
    """The fourth digit of 記号: weights 1, 3, 2 over 記号 (without it) and 番号, modulo 10."""
    digits = [int(digit) for digit in f"{symbol[:3]}0{symbol[4]}{number.zfill(8)}"]
    return sum(_weighed(digit, place % 3) for place, digit in enumerate(digits)) % 10


def _weighed(digit: int, place: int) -> int:
    if place == 2:
        return digit * 2 - (9 if digit >= 5 else 0)
    return digit * (1, 3)[place]


def as_other_banks_write(symbol: str, number: str) -> dict[str, str]:
    """店番, 店名, 預金種目 and 口座番号 for a transfer from another bank."""
    is_general = symbol[0] == "1"
    branch = symbol[1:3] + ("8" if is_general else "9")
    return {
        "bank_code": "9900",
        "branch_code": branch,
        "branch_name": "".join(KANJI[digit] for digit in branch) + "店",
        "account_type": "ordinary" if is_general else "current",
        "account_number": (number[:-1] if is_general else number).zfill(7),
    }
