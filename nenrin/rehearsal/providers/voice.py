"""A telephone gateway: it calls, reads aloud and reports the key that was pressed."""

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
from nenrin.rehearsal.wire.loopback import NotLoopback, target_of

PATH = "/voice/calls"
LONGEST_TEXT = 3000
LONGEST_URL = 2000
NUMBER = re.compile(r"\+81[1-9][0-9]{8,9}")
LANGUAGE = "ja-JP"


class VoiceGateway:
    """Places one call to one Japanese number, mobile or not."""

    def __init__(self, token: str, devices: Devices, journal: Journal) -> None:
        self._token = token
        self._devices = devices
        self._journal = journal
        self._references = References()

    def handle(self, request: Request) -> Reply:
        """Accept a call; raises Refusal."""
        content = checked_content(request, self._token)
        number = string(content, "to", 20)
        if not NUMBER.fullmatch(number):
            raise gateway_refusal(400, "invalid_to", "to must be a Japanese number in E.164")
        if content.get("language") != LANGUAGE:
            raise gateway_refusal(400, "invalid_language", f"language must be {LANGUAGE}")
        words = string(content, "say", LONGEST_TEXT)
        callback = _callback(content)
        reference = content.get("reference")
        journal = self._journal["voice"]
        call_id, first = self._references.identify(reference, request, journal)
        if first:
            journal.accepted += 1
            call = {"call_id": call_id, **({"reference": reference} if reference else {})}
            self._devices.ring(number, read_text(words), callback, call)
        return json_reply(202, {"id": call_id, "status": "queued", "reference": reference})


def _callback(content: dict[str, object]) -> str | None:
    if content.get("callback_url") is None:
        return None
    url = string(content, "callback_url", LONGEST_URL)
    try:
        target_of(url)
    except NotLoopback as error:
        raise gateway_refusal(400, "invalid_callback_url", str(error)) from None
    return url
