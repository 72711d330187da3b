"""SMS: short words and the personal link."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from pydantic import BaseModel

from ..contract import Outcome, Parcel, Transport, Words
from ..gateway import GatewayOptions, client_reference, send_each
from ..text import short_text

LONGEST_SMS = 660


class SmsTransport(Transport):
    key = "sms"
    label = "ショートメッセージ"
    options_model: ClassVar[type[BaseModel]] = GatewayOptions

    def send(
        self, options: GatewayOptions, words: Words, parcels: Sequence[Parcel]
    ) -> Iterator[Outcome]:
        def content_of(parcel: Parcel) -> dict[str, Any]:
            return {
                "to": parcel.address,
                "text": short_text(words, parcel.link, LONGEST_SMS),
                "client_reference": client_reference(words, parcel),
            }

        return send_each(options, "/sms/messages", parcels, content_of)
