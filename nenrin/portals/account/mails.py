"""The mails of these pages."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from nenrin.core.people.models import Invitation
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.selectors import town_address


def invitation_link(town: Town, code: str) -> str:
    """The address that opens an invitation."""
    return f"{town_address(town)}{reverse('invitation', args=[code])}"


def send_invitation(town: Town, invitation: Invitation, code: str) -> None:
    """Mail a one-time link. It names nobody: the address may be mistyped."""
    words = {"town": town, "link": invitation_link(town, code), "invitation": invitation}
    body = render_to_string(f"my/mail/{invitation.kind}.txt", words)
    subject = {
        Invitation.Kind.SIGN_IN.value: f"【{town.name}】サインインの用意ができました",
        Invitation.Kind.WATCH.value: f"【{town.name}】ご家族から見守りの招待です",
    }[invitation.kind]
    EmailMessage(subject, body, to=[invitation.email]).send()
