"""What a push service's answer means for one delivery."""

from ..contract import Fate, Outcome
from ..http_answers import is_temporary, retry_after_seconds
from .http2_loop import Answer, TagT

LONGEST_REFERENCE = 200
ACCEPTED = frozenset({200, 201, 202})
GONE = frozenset({404, 410})
REFUSED_SIGNATURE = frozenset({400, 401, 403})
TOO_LARGE = 413


def outcome_of(delivery_id: int, answer: Answer[TagT]) -> Outcome:
    """Translate status and headers; no answer at all is temporary."""
    status = answer.status
    if status in ACCEPTED:
        reference = answer.header("Location")[:LONGEST_REFERENCE]
        return Outcome(delivery_id, Fate.SENT, reference=reference)
    if status in GONE:
        return Outcome(delivery_id, Fate.GONE, reason="通知の登録が取り消されています")
    if status == 0:
        return Outcome(delivery_id, Fate.TEMPORARY, reason="通知サービスにつながりません")
    if is_temporary(status):
        wait = retry_after_seconds(answer.header("Retry-After"))
        reason = f"通知サービスが混み合っています({status})"
        return Outcome(delivery_id, Fate.TEMPORARY, reason=reason, retry_after=wait)
    return Outcome(delivery_id, Fate.PERMANENT, reason=_refusal(status))


def _refusal(status: int) -> str:
    if status in REFUSED_SIGNATURE:
        return f"通知サービスが町の鍵を受け付けません({status})"
    if status == TOO_LARGE:
        return "短くしても通知に入りません"
    return f"通知サービスが受け付けませんでした({status})"
