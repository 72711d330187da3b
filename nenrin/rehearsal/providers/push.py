"""A push service (RFC 8030) whose devices are derived from the seed."""

import itertools
import re
from typing import Protocol

from nenrin.rehearsal.journal import Journal
from nenrin.rehearsal.providers.http import Refusal, Reply, Request, json_reply
from nenrin.rehearsal.providers.vapid import Unauthorized, VapidVerifier

PATH = "/push/"
LARGEST_MESSAGE = 4096
LONGEST_TTL_S = 28 * 24 * 3600
TTL = re.compile(rb"[0-9]{1,10}")
TOPIC = re.compile(rb"[A-Za-z0-9_-]{1,32}")
DEVICE = re.compile(r"[A-Za-z0-9_.:@~-]{1,200}")
URGENCIES = frozenset({b"very-low", b"low", b"normal", b"high"})
GONE = {"gone-": 410, "missing-": 404}


class Takes(Protocol):
    """Whoever the sealed messages are handed to (Opening, or Sorter before it)."""

    def add(self, device_id: str, body: bytes) -> None: ...


class PushService:
    """Answers at once; the message is opened right after (see Opening)."""

    def __init__(self, opening: Takes, journal: Journal) -> None:
        self._opening = opening
        self._journal = journal
        self._vapid = VapidVerifier()
        self._numbers = itertools.count(1)

    def handle(self, request: Request) -> Reply:
        """Take one message; raises Refusal."""
        device_id = request.path[len(PATH) :]
        self._check_device(request, device_id)
        ttl = _check_headers(request)
        authority = request.headers.get(b"host", b"")
        self._check_sender(request, authority)
        if len(request.body) > LARGEST_MESSAGE:
            raise _refusal(413, f"a message has at most {LARGEST_MESSAGE} bytes")
        self._journal["push"].accepted += 1
        self._opening.add(device_id, request.body)
        location = b"https://%b/message/%d" % (authority, next(self._numbers))
        return Reply(201, ((b"location", location), (b"ttl", b"%d" % ttl)))

    def _check_device(self, request: Request, device_id: str) -> None:
        if request.method != "POST":
            raise Refusal(Reply(405, ((b"allow", b"POST"),)))
        if not DEVICE.fullmatch(device_id):
            raise _refusal(404, "no such subscription")
        for prefix, status in GONE.items():
            if device_id.startswith(prefix):
                raise _refusal(status, "the subscription has ended")

    def _check_sender(self, request: Request, authority: bytes) -> None:
        authorization = request.headers.get(b"authorization")
        if authorization is None:
            raise _refusal(401, "Authorization is missing")
        try:
            self._vapid.check(authorization, authority)
        except Unauthorized as error:
            raise _refusal(error.status, str(error)) from None


def _check_headers(request: Request) -> int:
    """Return the TTL to use; raises Refusal for a header that breaks RFC 8030 or 8291."""
    headers = request.headers
    ttl = headers.get(b"ttl", b"")
    if not TTL.fullmatch(ttl):
        raise _refusal(400, "TTL is missing or not a whole number of seconds")
    if headers.get(b"content-encoding", b"").lower() != b"aes128gcm":
        raise _refusal(415, "Content-Encoding must be aes128gcm")
    if headers.get(b"urgency", b"normal") not in URGENCIES:
        raise _refusal(400, "Urgency must be very-low, low, normal or high")
    if not TOPIC.fullmatch(headers.get(b"topic", b"none")):
        raise _refusal(400, "Topic has at most 32 characters of base64url")
    return min(int(ttl), LONGEST_TTL_S)


def _refusal(status: int, reason: str) -> Refusal:
    return Refusal(json_reply(status, {"code": status, "message": reason}))
