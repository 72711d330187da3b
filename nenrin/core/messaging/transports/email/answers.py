"""What a mail server's refusal means.

Only a refusal of the address itself retires it. Servers also answer 550 when they distrust the
sender (5.7.x): that is the town's trouble, and must not cost residents their registration.
"""

import re
import smtplib

from ..contract import Fate, Outcome

NO_SUCH_ADDRESS = frozenset({550, 551, 553})
ENHANCED = re.compile(r"\b[245]\.(\d{1,3}\.\d{1,3})\b")
ADDRESS_SUBJECTS = ("1.", "2.1")


def outcome_of(delivery_id: int, error: smtplib.SMTPException) -> Outcome:
    """Translate what smtplib raised for one mail."""
    code, text, about_address = _answer_in(error)
    if code >= 500 and about_address and is_dead_address(code, text):
        return Outcome(delivery_id, Fate.GONE, reason=f"宛先のメールアドレスがありません({code})")
    if code >= 500:
        reason = f"メールサーバーが受け付けませんでした({code})"
        return Outcome(delivery_id, Fate.PERMANENT, reason=reason)
    reason = f"メールサーバーが混み合っています({code})" if code else "メールが途中で切れました"
    return Outcome(delivery_id, Fate.TEMPORARY, reason=reason)


def is_dead_address(code: int, text: str) -> bool:
    """Whether the answer to RCPT says that nobody lives there."""
    enhanced = ENHANCED.search(text)
    if enhanced is None:
        return code in NO_SUCH_ADDRESS
    return code in NO_SUCH_ADDRESS and enhanced.group(1).startswith(ADDRESS_SUBJECTS)


def _answer_in(error: smtplib.SMTPException) -> tuple[int, str, bool]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return code, _readable(text), True
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code, _readable(error.smtp_error), False
    return 0, "", False


def _readable(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
