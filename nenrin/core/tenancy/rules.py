"""Municipality codes (総務省 全国地方公共団体コード)."""

WEIGHTS = (6, 5, 4, 3, 2)


def municipality_check_digit(first_five: str) -> str:
    """Check digit of a five-digit code: 11 − (Σ digit·weight mod 11), last digit of that."""
    total = sum(int(digit) * weight for digit, weight in zip(first_five, WEIGHTS, strict=True))
    return str(11 - total % 11)[-1]


def is_municipality_code(code: str) -> bool:
    """True for six digits whose last is the check digit."""
    return (
        len(code) == 6
        and code.isascii()
        and code.isdigit()
        and municipality_check_digit(code[:5]) == code[5]
    )
