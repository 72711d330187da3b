"""An SMS gateway in the general shape of such services."""

import re

from nenrin.rehearsal.devices import Devices
from nenrin.rehearsal.journal import Journal
from nenrin.rehearsal.messages import read_text
from nenrin.rehearsal.providers.gateway import (
    References,
    checked_content,
    gateway_refusal,
    string,
)
from nenrin.rehearsal.providers.http import Reply, Request, json_reply

PATH = "/sms/messages"
LONGEST_TEXT = 660
MOBILE = re.compile(r"\+81[6-9]0[0-9]{8}")


class SmsGateway:
    """Takes one text for one Japanese mobile number."""

    def __init__(self, token: str, devices: Devices, journal: Journal) -> None:
        self._token = token
        self._devices = devices
        self._journal = journal
        self._references = References()

    def handle(self, request: Request) -> Reply:
        """Accept a text; raises Refusal."""
        content = checked_content(request, self._token)
        number = string(content, "to", 20)
        if not MOBILE.fullmatch(number):
            raise gateway_refusal(400, "invalid_to", "to must be +8160… to +8190…")
        text = string(content, "text", LONGEST_TEXT)
        reference = content.get("client_reference")
        journal = self._journal["sms"]
        message_id, first = self._references.identify(reference, request, journal)
        if first:
            journal.accepted += 1
            self._devices.receive("sms", number, read_text(text))
        answer = {"id": message_id, "status": "accepted", "client_reference": reference}
        return json_reply(202, answer)
