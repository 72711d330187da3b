"""What the SMS and the telephone gateway have in common: bearer token, JSON, references."""

import hashlib
import re
import uuid
from typing import Any

from nenrin.rehearsal.journal import ProviderJournal
from nenrin.rehearsal.providers.http import Refusal, Request, json_object, json_reply

REFERENCE = re.compile(r"[\x21-\x7e]{1,128}")


def gateway_refusal(status: int, code: str, message: str) -> Refusal:
    """An error in the gateways' JSON shape."""
    return Refusal(json_reply(status, {"error": {"code": code, "message": message}}))


def checked_content(request: Request, token: str) -> dict[str, Any]:
    """Return the JSON of an authorized POST; raises Refusal."""
    if request.method != "POST":
        raise gateway_refusal(405, "method_not_allowed", "use POST")
    if request.text(b"authorization") != f"Bearer {token}":
        raise gateway_refusal(401, "unauthorized", "the bearer token is missing or wrong")
    try:
        return json_object(request)
    except ValueError as error:
        raise gateway_refusal(400, "invalid_json", str(error)) from None


def string(content: dict[str, Any], name: str, longest: int) -> str:
    """Return a required string of limited length; raises Refusal."""
    value = content.get(name)
    if not isinstance(value, str) or not value.strip():
        raise gateway_refusal(400, f"invalid_{name}", f"{name} is missing or empty")
    if len(value) > longest:
        raise gateway_refusal(400, f"{name}_too_long", f"{name} has at most {longest} characters")
    return value


class References:
    """A client's own reference is carried out once; asked again, it gets the first answer."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[bytes, str]] = {}

    def identify(
        self, reference: object, request: Request, journal: ProviderJournal
    ) -> tuple[str, bool]:
        """Return the id to answer with, and whether this is the first time; raises Refusal."""
        if reference is None:
            return str(uuid.uuid4()), True
        if not isinstance(reference, str) or not REFERENCE.fullmatch(reference):
            raise gateway_refusal(400, "invalid_reference", "1 to 128 visible ASCII characters")
        digest = hashlib.sha256(request.body).digest()
        known = self._seen.get(reference)
        if known is None:
            self._seen[reference] = known = (digest, str(uuid.uuid4()))
            return known[1], True
        if known[0] != digest:
            raise gateway_refusal(409, "reference_reused", "this reference had other content")
        journal.repeated += 1
        return known[1], False
