"""LINE: one multicast with buttons, or a push with a personal link each."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel

from ..contract import Fate, Outcome, Parcel, Transport, Words
from ..secrets_from_environment import missing_secret, secret_named
from ..side_by_side import all_temporary, hand_over_side_by_side
from ..text import fitted_text, public_link
from . import sdk
from .answers import TOWN_FAULT_WAIT, verdict_of, wait_of
from .buttons import buttons_message
from .client import LineAnswer, LineClient, open_line, text_message
from .options import LineOptions

LONGEST_TEXT = 5000
RETRY_KEYS = uuid.UUID("6b6f6e6f-686f-4e65-8e72-696e4c494e45")


class LineTransport(Transport):
    key = "line"
    label = "LINE"
    options_model: ClassVar[type[BaseModel]] = LineOptions
    shard_size = 500

    def get_ready(self) -> None:
        sdk.load()

    def send(
        self, options: LineOptions, words: Words, parcels: Sequence[Parcel]
    ) -> Iterator[Outcome]:
        token = secret_named(options.channel_access_token_env)
        if not token:
            reason = missing_secret(options.channel_access_token_env)
            yield from all_temporary(parcels, reason, TOWN_FAULT_WAIT)
            return
        with open_line(options, token) as client:
            shard = Shard(client, words, parcels, options)
            yield from shard.push_each() if options.personal_links else shard.multicast()


@dataclass(frozen=True, slots=True)
class Shard:
    """One call of `send` with its open client."""

    client: LineClient
    words: Words
    parcels: Sequence[Parcel]
    options: LineOptions

    def push_each(self) -> Iterator[Outcome]:
        workers = self.options.workers
        return hand_over_side_by_side(self.parcels, self._push, workers=workers)

    def multicast(self) -> Iterator[Outcome]:
        """One request for all; LINE refuses the whole for one bad id, then each goes alone."""
        if not self.parcels:
            return
        to = [parcel.address for parcel in self.parcels]
        answer = self.client.multicast(
            to, self._messages(self.parcels[0]), retry_key(self.words, self.parcels)
        )
        if answer.status == 400:
            yield from self.push_each()
            return
        for parcel in self.parcels:
            yield outcome_of(parcel, answer)

    def _push(self, parcel: Parcel) -> Outcome:
        key = retry_key(self.words, [parcel])
        return outcome_of(parcel, self.client.push(parcel.address, self._messages(parcel), key))

    def _messages(self, parcel: Parcel) -> list[Any]:
        if self.options.personal_links:
            return [text_message(fitted_text(self.words, parcel.link, LONGEST_TEXT))]
        link = public_link(self.words, parcel)
        text = fitted_text(self.words, link, LONGEST_TEXT, personal=False)
        return [text_message(text), buttons_message(self.words)]


def retry_key(words: Words, parcels: Sequence[Parcel]) -> str:
    """The same for the same message to the same people, so that LINE delivers it once."""
    deliveries = ",".join(str(number) for number in sorted(p.delivery_id for p in parcels))
    return str(uuid.uuid5(RETRY_KEYS, f"{words.message_id}:{deliveries}"))


def outcome_of(parcel: Parcel, answer: LineAnswer) -> Outcome:
    """LINE's answer for one parcel."""
    if answer.status == 0:
        return Outcome(parcel.delivery_id, Fate.TEMPORARY, reason="LINEにつながりません")
    fate, reason = verdict_of(answer.status, answer.body)
    if fate is Fate.SENT:
        accepted = answer.headers.get("X-Line-Accepted-Request-Id", "")
        reference = accepted or answer.headers.get("X-Line-Request-Id", "")
        return Outcome(parcel.delivery_id, fate, reference=reference)
    wait = wait_of(answer.status, answer.headers, answer.body)
    return Outcome(parcel.delivery_id, fate, reason=reason, retry_after=wait)
