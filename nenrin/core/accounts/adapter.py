"""What the sign-in library asks us."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes an account alone: staff are added by staff, residents from the register."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always closed."""
        return False
