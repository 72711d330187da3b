"""One short text to one telephone: a code somebody waits for, outside the river."""

import logging
import re
import uuid

from django.db import transaction

from nenrin.core.tenancy.scope import current_town_code

from ..models import Channel
from ..transports.contract import Fate, Parcel
from ..transports.gateway import GatewayOptions, open_gateway
from ..transports.secrets_from_environment import secret_named

log = logging.getLogger(__name__)
PATH = "/sms/messages"
# 060 since July 2026; 0800 is toll free.
MOBILE = re.compile(r"0(?!800)[6-9]0\d{8}")


def may_send_text(number: str) -> bool:
    """Whether the town has a gateway, and the number is one that receives texts."""
    is_mobile = MOBILE.fullmatch(number) is not None
    return is_mobile and Channel.objects.filter(kind="sms", is_enabled=True).exists()


def send_text(*, number: str, text: str) -> None:
    """Hand it to the gateway once the transaction commits. Not kept, and never logged.

    For a number that ``may_send_text``.
    """
    channel = Channel.objects.get(kind="sms", is_enabled=True)
    options = GatewayOptions.model_validate(channel.options)
    town = current_town_code()
    transaction.on_commit(lambda: _hand_over(town, options, number, text))


def _hand_over(town: str, options: GatewayOptions, number: str, text: str) -> None:
    abroad = f"+81{number.removeprefix('0')}"
    gateway = open_gateway(options, PATH, secret_named(options.token_env))
    parcel = Parcel(delivery_id=0, address=abroad, keys={}, link="", receipt="")
    content = {"to": abroad, "text": text, "client_reference": f"code:{uuid.uuid4()}"}
    with gateway.pool:
        outcome = gateway.post(parcel, content)
    if outcome.fate is not Fate.SENT:
        # Without the number: whoever waits asks for another one.
        log.error("%s: a text was not handed over: %s", town, outcome.reason)
