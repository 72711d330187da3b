"""Voice: a call that says the reading text; how it ended comes to the receipt's address."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from ..contract import Outcome, Parcel, Transport, Words
from ..gateway import GatewayOptions, client_reference, send_each
from ..text import spoken_text


class VoiceOptions(GatewayOptions):
    """Calls are few at a time, and the words are said twice: nobody listens from the first one."""

    workers: int = Field(4, ge=1, le=64)
    times: int = Field(2, ge=1, le=3)


class VoiceTransport(Transport):
    key = "voice"
    label = "電話"
    options_model: ClassVar[type[BaseModel]] = VoiceOptions
    shard_size = 100

    def send(
        self, options: VoiceOptions, words: Words, parcels: Sequence[Parcel]
    ) -> Iterator[Outcome]:
        say = spoken_text(words, options.times)

        def content_of(parcel: Parcel) -> dict[str, Any]:
            return {
                "to": parcel.address,
                "say": say,
                "language": "ja-JP",
                "callback_url": parcel.receipt,
                "client_reference": client_reference(words, parcel),
            }

        return send_each(options, "/voice/calls", parcels, content_of)
