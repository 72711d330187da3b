"""One call of the transport: what waits for which service, what is sealed, what was refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ..contract import Fate, Outcome, Parcel, Words
from .answers import TOO_LARGE, outcome_of
from .encryption import BadSubscription, PushTooLarge, SealingKey, make_sealing_key, seal
from .endpoint_rules import EndpointRefused, check_endpoint
from .headers import message_headers
from .http2_loop import BROKEN_LINE, Answer, Post
from .lanes import Lanes, Pauses
from .options import WebPushOptions
from .payload import SMALLER_LIMITS, PayloadWriter
from .vapid import Signer

PAUSE_SECONDS = 10.0
"""For a service that stopped answering, or that is overloaded without saying for how long."""

signer = Signer()
pauses = Pauses()


@dataclass(slots=True)
class Try:
    """A parcel on its way: its sealed bytes, how often they were found too large, and whether the
    line broke under them already."""

    parcel: Parcel
    shortened: int = 0
    body: bytes = b""
    is_broken_off: bool = False


class Shard:
    """Seals one after the other as the network takes them, and settles their answers."""

    def __init__(self, options: WebPushOptions, words: Words, parcels: Sequence[Parcel]) -> None:
        self._options = options
        self._refused: list[Outcome] = []
        self._payloads = PayloadWriter(words)
        self._shared = message_headers(words, datetime.now(UTC))
        self._headers: dict[str, list[str]] = {}
        self._lanes: Lanes[Try] = Lanes(pauses, options.connections * options.streams)
        for parcel in parcels:
            self._queue(Try(parcel))
        self._hold_back()

    def next_post(self) -> Post[tuple[str, Try]] | None:
        """Seal the next parcel; one that cannot leave is refused and the one after it is taken."""
        while taken := self._lanes.take():
            origin, attempt = taken
            try:
                attempt.body = self._seal(attempt)
            except BadSubscription:
                self._refuse(attempt, Fate.GONE, "通知の登録の鍵が正しくありません")
            except PushTooLarge:
                self._refuse(attempt, Fate.PERMANENT, "短くしても通知に入りません")
            else:
                return Post(attempt.parcel.address, self._headers_for(origin), attempt.body, taken)
            self._lanes.landed(origin)
        return None

    def settle(self, answer: Answer[tuple[str, Try]]) -> Sequence[Outcome]:
        """What has ended by this answer; nothing where the parcel gets another try at once."""
        origin, attempt = answer.tag
        if answer.trouble in BROKEN_LINE and not attempt.is_broken_off:
            attempt.is_broken_off = True
            self._lanes.landed(origin)
            self._lanes.add(origin, attempt)
            return self.take_refused()
        if answer.status == TOO_LARGE and attempt.shortened + 1 < len(SMALLER_LIMITS):
            self._lanes.landed(origin)
            self._lanes.add(origin, Try(attempt.parcel, attempt.shortened + 1))
            return self.take_refused()
        outcome = outcome_of(attempt.parcel.delivery_id, answer)
        if outcome.fate is Fate.TEMPORARY:
            wait = outcome.retry_after or PAUSE_SECONDS
            self._lanes.landed(origin, overloaded=True, wait=wait)
            self._hold_back()
        else:
            self._lanes.landed(origin)
        if outcome.fate is Fate.TEMPORARY or attempt.parcel.attempt > 1:
            outcome = outcome._replace(again=attempt.body)
        return [outcome, *self.take_refused()] if self._refused else (outcome,)

    def take_refused(self) -> list[Outcome]:
        """What ended without leaving."""
        taken, self._refused = self._refused, []
        return taken

    def _queue(self, attempt: Try) -> None:
        address, rehearsal = attempt.parcel.address, self._options.rehearsal
        try:
            self._lanes.add(check_endpoint(address, rehearsal=rehearsal), attempt)
        except EndpointRefused as error:
            self._refuse(attempt, Fate.PERMANENT, str(error))

    def _seal(self, attempt: Try) -> bytes:
        """A key seals once: only the first try of a parcel may use what was claimed for it."""
        if attempt.is_broken_off:
            return attempt.body
        parcel, material = attempt.parcel, attempt.parcel.material
        if isinstance(material, bytes) and not attempt.shortened:
            return material
        plaintext = self._payloads.write(parcel, SMALLER_LIMITS[attempt.shortened])
        if isinstance(material, SealingKey) and not attempt.shortened:
            return seal(material, plaintext)
        keys = parcel.keys
        fresh = make_sealing_key(str(keys.get("p256dh", "")), str(keys.get("auth", "")))
        return seal(fresh, plaintext)

    def _headers_for(self, origin: str) -> list[str]:
        if origin not in self._headers:
            pem, subject = self._options.vapid_private_key, self._options.vapid_subject
            signed = signer.authorization(pem, origin, subject)
            self._headers[origin] = [*self._shared, f"Authorization: {signed}"]
        return self._headers[origin]

    def _hold_back(self) -> None:
        for attempt, wait in self._lanes.held_back():
            self._refuse(attempt, Fate.TEMPORARY, "通知サービスが混み合っています", wait)

    def _refuse(self, attempt: Try, fate: Fate, reason: str, wait: float | None = None) -> None:
        delivery = attempt.parcel.delivery_id
        self._refused.append(Outcome(delivery, fate, reason=reason, retry_after=wait))
