"""A mail server for made-up mailboxes; mails are read just behind the answers."""

import asyncio
import re
from collections import OrderedDict, deque
from email import message_from_bytes
from email.message import Message

from aiosmtpd.smtp import SMTP, Envelope, Session

from nenrin.rehearsal.devices import Devices
from nenrin.rehearsal.journal import Journal
from nenrin.rehearsal.messages import read_text
from nenrin.rehearsal.providers.faults import Faults
from nenrin.rehearsal.wire.loopback import require_loopback

KEPT_LETTERS = 200
LARGEST_MAIL = 10 * 1024 * 1024
OK = "250 2.0.0 accepted"
NEEDED = tuple(re.compile(rb"(?im)^%b:[ \t\r\n]*\S" % name) for name in (b"message-id", b"from"))
EVERYDAY_ADDRESS = re.compile(r"<([A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9.-]+)>")
READ_AFTER_S, READ_SLICE_S = 0.02, 0.002
SCRIPTED = {
    "gone-": "550 5.1.1 no such mailbox",
    "busy-": "451 4.3.0 try again later",
}


class QuickSmtp(SMTP):
    """Reads an everyday address at a glance; anything else goes through the mail grammar."""

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        plain = EVERYDAY_ADDRESS.fullmatch(arg)
        return (plain[1], "") if plain else super()._getaddr(arg)


class Mailboxes:
    """aiosmtpd's handler; local parts starting gone- and busy- are refused."""

    def __init__(
        self, devices: Devices, faults: Faults, journal: Journal, *, read_after_s: float = 0.0
    ) -> None:
        self._devices = devices
        self._faults = faults
        self._journal = journal
        self._read_after_s = max(read_after_s, READ_AFTER_S)
        self._unread: deque[tuple[bytes, list[str]]] = deque()
        self._letters: OrderedDict[str, str] = OrderedDict()

    def newest_to(self, address: str) -> str | None:
        """Text of the newest mail to an address, as a person would read it; None if none came."""
        return self._letters.get(address.lower())

    async def handle_EHLO(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Offer pipelining (RFC 2920): commands are read one after the other anyway."""
        session.host_name = hostname
        return [responses[0], "250-PIPELINING", *responses[1:]]

    async def handle_RCPT(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Accept or refuse one recipient."""
        for prefix, answer in SCRIPTED.items():
            if address.startswith(prefix):
                return self._refuse(answer)
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 recipient accepted"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Put the mail into each recipient's box."""
        fault = self._faults.strike("mail")
        if fault is not None and not fault.after_accepting:
            return await self._fail(fault.hang, fault.status)
        answer = self._deliver(envelope)
        if fault is not None:
            return await self._fail(fault.hang, fault.status)
        return answer

    def _deliver(self, envelope: Envelope) -> str:
        content = envelope.content
        raw = content.encode() if isinstance(content, str) else content or b""
        head = raw.partition(b"\r\n\r\n")[0]
        if not all(needed.search(head) for needed in NEEDED):
            return self._refuse("550 5.6.0 From or Message-ID is missing")
        self._journal["mail"].accepted += 1
        self._journal["mail"].waiting += 1
        self._unread.append((raw, envelope.rcpt_tos))
        if len(self._unread) == 1:
            asyncio.get_running_loop().call_later(self._read_after_s, self._read)
        return OK

    def _read(self) -> None:
        """Let people find their mail, a little at a time."""
        loop = asyncio.get_running_loop()
        until = loop.time() + READ_SLICE_S
        while self._unread and loop.time() < until:
            self._read_one(*self._unread[0])
            self._unread.popleft()
        if self._unread:
            loop.call_later(READ_SLICE_S, self._read)

    def _read_one(self, raw: bytes, recipients: list[str]) -> None:
        self._journal["mail"].waiting -= 1
        mail = message_from_bytes(raw)
        text = text_of(mail)
        if text is None:
            self._journal["mail"].unreadable += 1
            return
        arrival = read_text(text)._replace(message_id=str(mail["Message-ID"]).strip())
        for recipient in recipients:
            self._devices.receive("mail", recipient, arrival)
            self._keep(recipient.lower(), text)

    def _keep(self, address: str, text: str) -> None:
        self._letters[address] = text
        self._letters.move_to_end(address)
        if len(self._letters) > KEPT_LETTERS:
            self._letters.popitem(last=False)

    def _refuse(self, answer: str) -> str:
        self._journal["mail"].refused[answer[:3]] += 1
        return answer

    async def _fail(self, hang: bool, status: int) -> str:
        self._journal["mail"].faulted["hang" if hang else str(status)] += 1
        if hang:
            await asyncio.Event().wait()
        return f"{status} this failure was asked for"


def text_of(mail: Message) -> str | None:
    """The words of a mail in their own character set; None when there are none to read."""
    parts = {part.get_content_type(): part for part in reversed(list(mail.walk()))}
    part = parts.get("text/plain") or parts.get("text/html")
    if part is None:
        return None
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content:
        return None
    try:
        return content.decode(part.get_content_charset("ascii"))
    except (LookupError, UnicodeError):
        return None


async def start_smtp(host: str, port: int, mailboxes: Mailboxes) -> asyncio.Server:
    """Listen for mail; raises NotLoopback for a host that others could reach."""

    def conversation() -> SMTP:
        return QuickSmtp(
            mailboxes,
            hostname="localhost",
            ident="Nenrin rehearsal",
            enable_SMTPUTF8=True,
            data_size_limit=LARGEST_MAIL,
            loop=loop,
        )

    loop = asyncio.get_running_loop()
    return await loop.create_server(conversation, require_loopback(host), port)
