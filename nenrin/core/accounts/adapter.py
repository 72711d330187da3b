"""What the sign-in library asks us."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from .models import User

FIRST_PASSKEY = "この端末のパスキー"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes an account alone: staff are added by staff, residents from the register."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always closed."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff come to the town hall's pages, residents to their own."""
        return "/staff/" if _is_staff(request.user) else "/my/"

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Only staff have passwords; the page answers everyone the same."""
        if _is_staff(user):
            super().send_password_reset_mail(user, email, context)

    def format_email_subject(self, subject: str) -> str:
        """The town's name stands before the subject."""
        return f"【{self.request.town.name}】{subject}"

    def is_reauthentication_required(self, *, app: str, **options: object) -> bool:
        """Not for whoever has just signed in: nobody types the same password twice in a row."""
        request = context.request
        records = get_authentication_records(request, request.user)
        fresh = [
            r for r in records if time.time() - r["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        ]
        return not fresh and bool(super().is_reauthentication_required(app=app, **options))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """A second factor is for staff. A resident's passkey is another way in, not one more step:

    whoever has added one on the phone must still get in from the tablet by an e-mail code.
    """

    def is_mfa_enabled(self, user: AbstractBaseUser, types: list[str] | None = None) -> bool:
        """Whether signing in asks for one more proof."""
        return _is_staff(user) and super().is_mfa_enabled(user, types)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:
        """A name that is offered for a new passkey."""
        return FIRST_PASSKEY


def _is_staff(user: object) -> bool:
    return isinstance(user, User) and user.is_staff_member
