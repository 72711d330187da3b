"""One SMTP conversation: pipelined where the server offers it (RFC 2920), else step by step.

Pipelined, a mail costs one round trip instead of four: its content leaves together with the next
mail's envelope.
"""

import re
import smtplib
from collections.abc import Iterator
from typing import NamedTuple

START_OF_LINE_DOT = re.compile(rb"(?m)^\.")
RESET = b"RSET\r\n"
END = b".\r\n"
GO_AHEAD = 354

Answer = smtplib.SMTPException | None


class Letter(NamedTuple):
    """A mail ready to go, its lines ended with CR LF."""

    recipient: str
    content: bytes


class ConnectionLost(Exception):
    """The server went away while it had the letter whose answer is missing."""


class Conversation:
    """A connected server and the address that the town sends from."""

    def __init__(self, server: smtplib.SMTP, sender: str) -> None:
        self._server = server
        self._sender = sender

    def send(self, letters: Iterator[Letter]) -> Iterator[Answer]:
        """Yield for each letter None if it was taken, else why not. Raises ConnectionLost."""
        pipelined = self._server.has_extn("pipelining")
        try:
            yield from (self._send_pipelined if pipelined else self._send_by_steps)(letters)
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            raise ConnectionLost from error

    def _send_by_steps(self, letters: Iterator[Letter]) -> Iterator[Answer]:
        for letter in letters:
            try:
                self._server.sendmail(self._sender, [letter.recipient], letter.content)
            except smtplib.SMTPServerDisconnected:
                raise
            except smtplib.SMTPException as refusal:
                yield refusal
            else:
                yield None

    def _send_pipelined(self, letters: Iterator[Letter]) -> Iterator[Answer]:
        letter = next(letters, None)
        if letter is not None:
            self._server.send(self._envelope(letter))
        while letter is not None:
            refusal = self._read_envelope(letter)
            following = next(letters, None)
            onward = self._envelope(following) if following else b""
            if refusal is None:
                self._server.send(dots_doubled(letter.content) + END + onward)
                refusal = self._read_verdict()
            elif following:
                self._server.send(RESET + onward)
                self._server.getreply()
            yield refusal
            letter = following

    def _envelope(self, letter: Letter) -> bytes:
        return f"MAIL FROM:<{self._sender}>\r\nRCPT TO:<{letter.recipient}>\r\nDATA\r\n".encode(
            "ascii"
        )

    def _read_envelope(self, letter: Letter) -> Answer:
        """Read three answers; a server that waits for content of a refused letter gets none."""
        mail, recipient, data = (self._server.getreply() for _ in range(3))
        refusal: Answer = None
        if mail[0] // 100 != 2:
            refusal = smtplib.SMTPSenderRefused(*mail, self._sender)
        elif recipient[0] // 100 != 2:
            refusal = smtplib.SMTPRecipientsRefused({letter.recipient: recipient})
        elif data[0] != GO_AHEAD:
            refusal = smtplib.SMTPDataError(*data)
        if refusal and data[0] == GO_AHEAD:
            self._server.send(END)
            self._server.getreply()
        return refusal

    def _read_verdict(self) -> Answer:
        code, text = self._server.getreply()
        return None if code // 100 == 2 else smtplib.SMTPDataError(code, text)


def dots_doubled(content: bytes) -> bytes:
    """A line that begins with a dot gets another (RFC 5321, 4.5.2); the last line is ended."""
    doubled = START_OF_LINE_DOT.sub(b"..", content)
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"
