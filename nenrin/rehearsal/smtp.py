"""A mail server for made-up mailboxes."""

import asyncio
from collections import OrderedDict
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session

from nenrin.rehearsal.devices import Devices
from nenrin.rehearsal.journal import Journal
from nenrin.rehearsal.messages import read_text
from nenrin.rehearsal.providers.faults import Faults
from nenrin.rehearsal.wire.loopback import require_loopback

KEPT_LETTERS = 200
LARGEST_MAIL = 10 * 1024 * 1024
OK = "250 2.0.0 accepted"
SCRIPTED = {
    "gone-": "550 5.1.1 no such mailbox",
    "busy-": "451 4.3.0 try again later",
}


class Mailboxes:
    """aiosmtpd's handler; local parts starting gone- and busy- are refused."""

    def __init__(self, devices: Devices, faults: Faults, journal: Journal) -> None:
        self._devices = devices
        self._faults = faults
        self._journal = journal
        self._letters: OrderedDict[str, str] = OrderedDict()

    def newest_to(self, address: str) -> str | None:
        """Text of the newest mail to an address, as a person would read it; None if none came."""
        return self._letters.get(address.lower())

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
        mail = message_from_bytes(raw, policy=default)
        message_id = str(mail.get("Message-ID", "")).strip()
        if not message_id or not mail.get("From"):
            return self._refuse("550 5.6.0 From or Message-ID is missing")
        text = text_of(mail)
        if text is None:
            return self._refuse("550 5.6.0 no readable text in the mail")
        self._journal["mail"].accepted += 1
        arrival = read_text(text)._replace(message_id=message_id)
        for recipient in envelope.rcpt_tos:
            self._devices.receive("mail", recipient, arrival)
            self._keep(recipient.lower(), text)
        return OK

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


def text_of(mail: EmailMessage) -> str | None:
    """The words of a mail in their own character set; None when there are none to read."""
    part = mail.get_body(("plain", "html"))
    if part is None:
        return None
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):
        return None


async def start_smtp(host: str, port: int, mailboxes: Mailboxes) -> asyncio.Server:
    """Listen for mail; raises NotLoopback for a host that others could reach."""

    def conversation() -> SMTP:
        return SMTP(
            mailboxes,
            hostname="localhost",
            ident="Nenrin rehearsal",
            enable_SMTPUTF8=True,
            data_size_limit=LARGEST_MAIL,
            loop=loop,
        )

    loop = asyncio.get_running_loop()
    return await loop.create_server(conversation, require_loopback(host), port)
