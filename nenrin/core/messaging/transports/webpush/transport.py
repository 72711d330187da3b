"""Web push: each phone and browser by itself, thousands a second."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from pydantic import BaseModel

from ...prekeys.take import drop_pushes, keep_pushes, kept_pushes, take_prekeys
from ..contract import Fate, Outcome, Parcel, Transport, Words
from .http2_loop import Limits, LoopPool
from .options import WebPushOptions
from .shard import Shard

loops = LoopPool()


class WebPushTransport(Transport):
    key = "webpush"
    label = "スマホ通知"
    options_model: ClassVar[type[BaseModel]] = WebPushOptions
    shard_size = 2000

    def prepare(self, parcels: list[Parcel]) -> list[Parcel]:
        """Give a first attempt a single-use key, and a later one the bytes sent before."""
        again = [parcel.delivery_id for parcel in parcels if parcel.attempt > 1]
        kept = kept_pushes(again) if again else {}
        keys = take_prekeys(p.delivery_id for p in parcels if p.delivery_id not in kept)
        found: dict[int, object] = {**kept, **keys}
        return [replace(one, material=found.get(one.delivery_id)) for one in parcels]

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
