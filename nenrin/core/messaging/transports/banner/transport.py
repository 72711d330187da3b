"""Banner: nothing leaves the house; the website shows the newest message that was sent here."""

from collections.abc import Iterator, Sequence
from typing import Any

from ..contract import Fate, Outcome, Parcel, Transport, Words


class BannerTransport(Transport):
    key = "banner"
    label = "ホームページの帯"
    is_personal = False
    needs_endpoint = False

    def send(self, options: Any, words: Words, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        for parcel in parcels:
            yield Outcome(parcel.delivery_id, Fate.SENT)
