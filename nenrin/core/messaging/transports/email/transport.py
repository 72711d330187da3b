"""E-mail: one SMTP connection per shard, one mail per person."""

import smtplib
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import ClassVar

from django.core.mail import BadHeaderError
from pydantic import BaseModel

from ..contract import Fate, Outcome, Parcel, Transport, Words
from ..secrets_from_environment import missing_secret, secret_named
from ..side_by_side import OUT_OF_TIME, PATIENCE_SECONDS, all_temporary
from .answers import outcome_of
from .connection import TownSmtp
from .conversation import Answer, ConnectionLost, Conversation, Letter
from .letters import LetterWriter
from .options import EmailOptions

TOWN_FAULT_WAIT = 300.0
MOST_CONNECTIONS = 4
SIGN_IN_REFUSED = "メールサーバーが町の合い言葉を受け付けません。設定を確認してください"
NO_SERVER = "メールサーバーにつながりません"
CONNECTION_LOST = "メールサーバーとの接続が切れました"


class EmailTransport(Transport):
    key = "email"
    label = "メール"
    options_model: ClassVar[type[BaseModel]] = EmailOptions
    shard_size = 200

    def send(
        self, options: EmailOptions, words: Words, parcels: Sequence[Parcel]
    ) -> Iterator[Outcome]:
        if options.password_env and not secret_named(options.password_env):
            reason = missing_secret(options.password_env)
            yield from all_temporary(parcels, reason, TOWN_FAULT_WAIT)
            return
        yield from Round(options, words, parcels).run()


class Round:
    """One call of `send`: what waits, what is on its way, what could not even be written."""

    def __init__(self, options: EmailOptions, words: Words, parcels: Sequence[Parcel]) -> None:
        self._options = options
        self._writer = LetterWriter(options, words)
        self._waiting = deque(parcels)
        self._under_way: deque[Parcel] = deque()
        self._unwritable: list[Outcome] = []
        self._deadline = time.monotonic() + PATIENCE_SECONDS

    def run(self) -> Iterator[Outcome]:
        """Connect until all is sent; a letter that costs the connection waits, the others go on."""
        for _ in range(MOST_CONNECTIONS):
            if self._waiting:
                yield from self._over_one_connection()
        yield from all_temporary(self._waiting, self._reason_for_rest())

    def _over_one_connection(self) -> Iterator[Outcome]:
        connection = TownSmtp(self._options)
        try:
            trouble = _open(connection)
            if trouble:
                yield from all_temporary(self._waiting, *trouble)
                self._waiting.clear()
            else:
                yield from self._converse(connection.connection)  # type: ignore[arg-type]
        finally:
            _close(connection)

    def _converse(self, server: smtplib.SMTP) -> Iterator[Outcome]:
        conversation = Conversation(server, self._options.from_address)
        try:
            for refusal in conversation.send(self._letters()):
                parcel = self._under_way.popleft()
                yield self._outcome(parcel, refusal)
                yield from self._take_unwritable()
        except ConnectionLost:
            yield from all_temporary([self._under_way.popleft()], CONNECTION_LOST)
            self._waiting.extendleft(reversed(self._under_way))
            self._under_way.clear()
        yield from self._take_unwritable()

    def _letters(self) -> Iterator[Letter]:
        while self._waiting and time.monotonic() < self._deadline:
            parcel = self._waiting.popleft()
            try:
                letter = Letter(self._writer.recipient(parcel), self._writer.write(parcel))
            except (BadHeaderError, ValueError):
                reason = "メールアドレスが正しい形ではありません"
                self._unwritable.append(Outcome(parcel.delivery_id, Fate.PERMANENT, reason=reason))
                continue
            self._under_way.append(parcel)
            yield letter

    def _outcome(self, parcel: Parcel, refusal: Answer) -> Outcome:
        if refusal is not None:
            return outcome_of(parcel.delivery_id, refusal)
        return Outcome(parcel.delivery_id, Fate.SENT, reference=self._writer.reference(parcel))

    def _take_unwritable(self) -> list[Outcome]:
        taken, self._unwritable = self._unwritable, []
        return taken

    def _reason_for_rest(self) -> str:
        return OUT_OF_TIME if time.monotonic() >= self._deadline else CONNECTION_LOST


def _open(connection: TownSmtp) -> tuple[str, float | None] | None:
    """Connect and sign in; return the reason and how long to wait where that fails."""
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError:
        return SIGN_IN_REFUSED, TOWN_FAULT_WAIT
    except OSError:
        return NO_SERVER, None
    return None


def _close(connection: TownSmtp) -> None:
    """Say goodbye; a server that is already gone is no trouble any more."""
    with suppress(OSError):
        connection.close()
