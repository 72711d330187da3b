"""A six-digit code that proves who reads a mailbox or a telephone, without an account.

The rules are those of the residents' sign-in by e-mail code: its length, its ten minutes, the
library's own generator and mail. The session holds only a keyed hash of the code.
"""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from nenrin.core.limits.limit import Limit, seconds_to_wait

from .proofs import keep_contact

PENDING = "contact_code"
MAIL = "account/email/contact_code"
# To one address, and by one visitor; and how often a code may be mistyped.
SENDINGS = Limit("contact_code", 3, 300)
BY_VISITOR = Limit("contact_code_visitor", 20, 600)
TRIES = Limit("contact_code_try", 5, 600)


class CodeRefused(Exception):
    """No code is sent, or the one typed does not do; the text says what to do, in Japanese."""


@dataclass(frozen=True)
class Pending:
    """A code under way: where to, and when it was sent."""

    contact: str
    sent_at: float

    @property
    def is_over(self) -> bool:
        """Whether its time is over."""
        age = timezone.now().timestamp() - self.sent_at
        return age > float(app_settings.LOGIN_BY_CODE_TIMEOUT)


def new_code(request: HttpRequest, contact: str, visitor: str) -> str:
    """Make a code for a contact; the caller sends it. Raises CodeRefused for too many."""
    if seconds_to_wait(SENDINGS, contact.lower()) or seconds_to_wait(BY_VISITOR, visitor):
        raise CodeRefused("短いあいだに何度も送りました。5分ほど待ってから、また送ってください。")
    code = str(get_adapter(request).generate_login_code())
    salt = secrets.token_hex(16)
    request.session[PENDING] = {
        "contact": contact,
        "salt": salt,
        "hash": _hash(salt, code),
        "at": timezone.now().timestamp(),
    }
    return code


def mail_code(request: HttpRequest, contact: str, code: str) -> None:
    """Send it by mail, once the transaction commits."""
    get_adapter(request).send_mail(MAIL, contact, {"code": code})


def pending_code(request: HttpRequest) -> Pending | None:
    """What is under way in this session."""
    held = request.session.get(PENDING)
    return Pending(held["contact"], held["at"]) if held else None


def check_code(request: HttpRequest, typed: str) -> str:
    """Take the typed code; returns the contact, which is proved now. Raises CodeRefused."""
    held, pending = request.session.get(PENDING), pending_code(request)
    if held is None or pending is None or pending.is_over:
        raise CodeRefused("番号の時間（10分）が過ぎました。もう一度送ってください。")
    if seconds_to_wait(TRIES, held["salt"]):
        raise CodeRefused("ちがう番号が続きました。もう一度送って、新しい番号を入れてください。")
    plain = "".join(filter(str.isdigit, unicodedata.normalize("NFKC", typed)))
    if not hmac.compare_digest(_hash(held["salt"], plain), held["hash"]):
        raise CodeRefused("番号がちがいます。いちばん新しい番号を、もう一度入れてください。")
    del request.session[PENDING]
    keep_contact(request, pending.contact.lower())
    return pending.contact


def _hash(salt: str, code: str) -> str:
    key = settings.SECRET_KEY.encode()
    return hmac.digest(key, f"contact-code:{salt}:{code}".encode(), hashlib.sha256).hex()
