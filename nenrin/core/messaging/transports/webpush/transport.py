"""Web push: each phone and browser by itself, thousands a second."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from pydantic import BaseModel

from ..contract import Fate, Outcome, Parcel, Transport, Words
from .answers import TOO_LARGE, outcome_of
from .encryption import BadSubscription, PushTooLarge, SealingKey, make_sealing_key, seal
from .endpoint_rules import EndpointRefused, check_endpoint
from .headers import message_headers
from .http2_loop import Answer, Limits, LoopPool, Post
from .options import WebPushOptions
from .payload import SMALLER_LIMITS, PayloadWriter
from .vapid import Signer

signer = Signer()
loops = LoopPool()


@dataclass(frozen=True, slots=True)
class Try:
    """A parcel on its way, and how often the push service found it too large."""

    parcel: Parcel
    shortened: int = 0


class WebPushTransport(Transport):
    key = "webpush"
    label = "スマホ通知"
    options_model: ClassVar[type[BaseModel]] = WebPushOptions
    shard_size = 2000

    def send(
        self, options: WebPushOptions, words: Words, parcels: Sequence[Parcel]
    ) -> Iterator[Outcome]:
        shard = Shard(options, words, parcels)
        with loops.borrow(limits_of(options)) as loop:
            for answer in loop.run(shard.next_post):
                yield from shard.settle(answer)
        yield from shard.take_refused()


class Shard:
    """One call of `send`: what waits, what is sealed, what was refused before it left."""

    def __init__(self, options: WebPushOptions, words: Words, parcels: Sequence[Parcel]) -> None:
        self._options = options
        self._waiting = deque(Try(parcel) for parcel in parcels)
        self._refused: list[Outcome] = []
        self._payloads = PayloadWriter(words)
        self._shared = message_headers(words, datetime.now(UTC))
        self._headers: dict[str, list[str]] = {}

    def next_post(self) -> Post[Try] | None:
        """Seal the next parcel; one that cannot leave is refused and the one after it is taken."""
        while self._waiting:
            attempt = self._waiting.popleft()
            try:
                return self._post(attempt)
            except EndpointRefused as error:
                self._refuse(attempt, Fate.PERMANENT, str(error))
            except BadSubscription:
                self._refuse(attempt, Fate.GONE, "通知の登録の鍵が正しくありません")
            except PushTooLarge:
                self._refuse(attempt, Fate.PERMANENT, "短くしても通知に入りません")
        return None

    def settle(self, answer: Answer[Try]) -> Iterator[Outcome]:
        """Yield the outcome, unless a shorter copy gets another try."""
        attempt = answer.tag
        if answer.status == TOO_LARGE and attempt.shortened + 1 < len(SMALLER_LIMITS):
            self._waiting.append(Try(attempt.parcel, attempt.shortened + 1))
        else:
            yield outcome_of(attempt.parcel.delivery_id, answer)
        yield from self.take_refused()

    def take_refused(self) -> list[Outcome]:
        taken, self._refused = self._refused, []
        return taken

    def _post(self, attempt: Try) -> Post[Try]:
        parcel = attempt.parcel
        origin = check_endpoint(parcel.address, rehearsal=self._options.rehearsal)
        plaintext = self._payloads.write(parcel, SMALLER_LIMITS[attempt.shortened])
        body = seal(claim_sealing_key(parcel), plaintext)
        return Post(parcel.address, self._headers_for(origin), body, attempt)

    def _headers_for(self, origin: str) -> list[str]:
        if origin not in self._headers:
            pem, subject = self._options.vapid_private_key, self._options.vapid_subject
            signed = signer.authorization(pem, origin, subject)
            self._headers[origin] = [*self._shared, f"Authorization: {signed}"]
        return self._headers[origin]

    def _refuse(self, attempt: Try, fate: Fate, reason: str) -> None:
        self._refused.append(Outcome(attempt.parcel.delivery_id, fate, reason=reason))


def claim_sealing_key(parcel: Parcel) -> SealingKey:
    """A key for this one push: made now; single-use keys made in advance would be claimed here."""
    return make_sealing_key(str(parcel.keys.get("p256dh", "")), str(parcel.keys.get("auth", "")))


def limits_of(options: WebPushOptions) -> Limits:
    return Limits(
        connect_timeout=options.connect_timeout,
        total_timeout=options.total_timeout,
        connections=options.connections,
        streams=options.streams,
        ca_file=options.ca_file,
    )
