"""The library's forms with our rules."""

from allauth.account.forms import RequestLoginCodeForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from .models import User


class ResidentCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """A code by e-mail is a resident's way in; for staff a mailbox alone must not be enough.

    The page does not tell which addresses it knows, so a refused one looks like any other.
    """

    def clean_email(self) -> str:
        """Forget a user who is staff: no code is made and no mail goes out."""
        email = str(super().clean_email())
        found: User | None = getattr(self, "_user", None)
        if found is not None and found.is_staff_member:
            self._user = None
        return email


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Every key is made a passkey that signs in by itself; the choice is not put to people."""

    name = forms.CharField(label="この端末の名前", required=False, max_length=40)
    passwordless = forms.BooleanField(initial=True, required=False)
