"""Web push: each phone and browser by itself, thousands a second."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic import BaseModel

from ...prekeys.take import drop_pushes, keep_pushes, kept_pushes, take_prekeys
from ..contract import Claim, Fate, Outcome, Parcel, Transport, Words
from .http2_loop import Limits, LoopPool
from .options import WebPushOptions
from .shard import Shard

loops = LoopPool()


class WebPushTransport(Transport):
    key = "webpush"
    label = "スマホ通知"
    options_model: ClassVar[type[BaseModel]] = WebPushOptions
    shard_size = 2000

    def prepare(self, claims: Mapping[int, Claim]) -> Mapping[int, object]:
        """A single-use key for a first attempt, and the bytes sent before for a later one."""
        again = [delivery for delivery, claim in claims.items() if claim.attempt > 1]
        kept = kept_pushes(again) if again else {}
        keys = take_prekeys({d: claim.endpoint for d, claim in claims.items() if d not in kept})
        return {**kept, **keys}

    def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Keep the bytes of what is tried again, drop those of what has ended."""
        sealed = [outcome for outcome in outcomes if outcome.again]
        later = {o.delivery_id: o.again for o in sealed if o.fate is Fate.TEMPORARY}
        ended = [o.delivery_id for o in sealed if o.fate is not Fate.TEMPORARY]
        if later:
            keep_pushes(later)
        if ended:
            drop_pushes(ended)

    def send(
        self, options: WebPushOptions, words: Words, parcels: Sequence[Parcel]
    ) -> Iterator[Outcome]:
        shard = Shard(options, words, parcels)
        with loops.borrow(limits_of(options)) as loop:
            for answer in loop.run(shard.next_post):
                yield from shard.settle(answer)
        yield from shard.take_refused()


def limits_of(options: WebPushOptions) -> Limits:
    return Limits(
        connect_timeout=options.connect_timeout,
        total_timeout=options.total_timeout,
        connections=options.connections,
        streams=options.streams,
        ca_file=options.ca_file,
    )
