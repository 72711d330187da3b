"""What LINE's answer means; a town's wrong token never costs a resident their registration."""

from collections.abc import Mapping

from ..contract import Fate
from ..http_answers import is_temporary, retry_after_seconds

ALREADY_ACCEPTED = 409
TOWN_FAULT_WAIT = 300.0
MONTH_IS_FULL_WAIT = 3600.0


def verdict_of(status: int, body: str) -> tuple[Fate, str]:
    """Fate and the reason for staff."""
    if status < 300 or status == ALREADY_ACCEPTED:
        return Fate.SENT, ""
    if status in (401, 403):
        return Fate.TEMPORARY, "LINEが町のトークンを受け付けません。設定を確認してください"
    if status == 429 and is_month_full(body):
        return Fate.TEMPORARY, "LINEの今月の送信数の上限に達しています"
    if is_temporary(status):
        return Fate.TEMPORARY, f"LINEが混み合っています({status})"
    return Fate.PERMANENT, f"LINEが受け付けませんでした({status})"


def wait_of(status: int, headers: Mapping[str, str], body: str) -> float | None:
    """How long to leave LINE alone; None for the usual back-off."""
    if status in (401, 403):
        return TOWN_FAULT_WAIT
    if status == 429 and is_month_full(body):
        return MONTH_IS_FULL_WAIT
    return retry_after_seconds(headers.get("Retry-After"))


def is_month_full(body: str) -> bool:
    return "monthly limit" in body
