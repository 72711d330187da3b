"""E-mail: one SMTP connection per shard, one mail per person."""

import smtplib
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import ClassVar

from django.core.mail import BadHeaderError
from pydantic import BaseModel

from ..contract import Fate, Outcome, Parcel, Transport, Words
from ..secrets_from_environment import missing_secret, secret_named
from ..side_by_side import OUT_OF_TIME, PATIENCE_SECONDS, all_temporary
from .answers import outcome_of
from .composition import compose_mail, message_id
from .connection import TownSmtp
from .options import EmailOptions

TOWN_FAULT_WAIT = 300.0
SIGN_IN_REFUSED = "メールサーバーが町の合い言葉を受け付けません。設定を確認してください"
NO_SERVER = "メールサーバーにつながりません"
CONNECTION_LOST = "メールサーバーとの接続が切れました"


class ConnectionLost(Exception):
    """The server went away; nothing more can be sent over this connection."""


class EmailTransport(Transport):
    key = "email"
    label = "メール"
    options_model: ClassVar[type[BaseModel]] = EmailOptions
    shard_size = 100
    parallel_jobs = 4

    def send(
        self, options: EmailOptions, words: Words, parcels: Sequence[Parcel]
    ) -> Iterator[Outcome]:
        if options.password_env and not secret_named(options.password_env):
            reason = missing_secret(options.password_env)
            yield from all_temporary(parcels, reason, TOWN_FAULT_WAIT)
            return
        connection = TownSmtp(options)
        try:
            trouble = _open(connection)
            if trouble:
                yield from all_temporary(parcels, *trouble)
            else:
                yield from _send_over(connection, options, words, parcels)
        finally:
            _close(connection)


def _open(connection: TownSmtp) -> tuple[str, float | None] | None:
    """Connect and sign in; return the reason and how long to wait where that fails."""
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError:
        return SIGN_IN_REFUSED, TOWN_FAULT_WAIT
    except OSError:
        return NO_SERVER, None
    return None


def _send_over(
    connection: TownSmtp, options: EmailOptions, words: Words, parcels: Sequence[Parcel]
) -> Iterator[Outcome]:
    """Send until all are done, time is up or the connection is lost; the rest waits its turn."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    for position, parcel in enumerate(parcels):
        if time.monotonic() >= deadline:
            yield from all_temporary(parcels[position:], OUT_OF_TIME)
            return
        try:
            outcome = _send_one(connection, options, words, parcel)
        except ConnectionLost:
            yield from all_temporary(parcels[position:], CONNECTION_LOST)
            return
        yield outcome


def _send_one(connection: TownSmtp, options: EmailOptions, words: Words, parcel: Parcel) -> Outcome:
    try:
        connection.send_messages([compose_mail(options, words, parcel)])
    except smtplib.SMTPServerDisconnected as error:
        raise ConnectionLost from error
    except smtplib.SMTPException as error:
        return outcome_of(parcel.delivery_id, error)
    except OSError as error:
        raise ConnectionLost from error
    except (BadHeaderError, ValueError):
        reason = "メールアドレスが正しい形ではありません"
        return Outcome(parcel.delivery_id, Fate.PERMANENT, reason=reason)
    return Outcome(parcel.delivery_id, Fate.SENT, reference=message_id(options, words, parcel))


def _close(connection: TownSmtp) -> None:
    """Say goodbye; a server that is already gone is no trouble any more."""
    with suppress(OSError):
        connection.close()
