"""Django's mail backend: single mails (a sign-in code, an invitation) by the town's own server."""

import logging
import smtplib
from collections.abc import Sequence
from email.utils import formataddr
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import current_town_code

from ...models import Channel
from .connection import TownSmtp
from .options import EmailOptions

log = logging.getLogger(__name__)


class TownMailBackend(BaseEmailBackend):
    """Hands mails to the server of the town in scope, once the transaction has been committed.

    So nothing waits for the network inside a transaction, and a mail never tells of what was
    rolled back. Raises NoTownScope outside a town; a town without an e-mail channel sends none.
    """

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:
        super().__init__(fail_silently=fail_silently)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Accept mails; returns how many."""
        town = Town.objects.get(code=current_town_code())
        channel = Channel.objects.filter(kind="email", is_enabled=True).first()
        if channel is None:
            log.error("%s has no e-mail channel: %d mails not sent", town.code, len(email_messages))
            return 0
        options = EmailOptions.model_validate(channel.options)
        for mail in email_messages:
            mail.from_email = formataddr((town.name, options.from_address))
        mails = list(email_messages)
        transaction.on_commit(lambda: _hand_over(town.code, options, mails))
        return len(mails)


def _hand_over(town: str, options: EmailOptions, mails: list[EmailMessage]) -> None:
    try:
        TownSmtp(options).send_messages(mails)
    except (OSError, smtplib.SMTPException) as error:
        # Without the address: whoever waits asks for another one.
        log.error("%s: %d mails not handed over: %s", town, len(mails), type(error).__name__)
