"""Feed: the message as a CAP 1.2 file that the open-data pages and other systems read."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel

from ..contract import Fate, Outcome, Parcel, Transport, Words
from ..state_files import safe_name, state_folder, town_folder, write_atomically
from ..text import public_link
from .documents import Area, Earlier, cap_alert, read_earlier
from .options import FeedOptions


class FeedTransport(Transport):
    key = "feed"
    label = "オープンな配信(CAP・Atom)"
    options_model: ClassVar[type[BaseModel]] = FeedOptions
    is_personal = False
    needs_endpoint = False

    def send(
        self, options: FeedOptions, words: Words, parcels: Sequence[Parcel]
    ) -> Iterator[Outcome]:
        if not parcels:
            return
        path = publish(options, words, public_link(words, parcels[0]))
        for parcel in parcels:
            reference = str(path.relative_to(state_folder()))
            yield Outcome(parcel.delivery_id, Fate.SENT, reference=reference)


def cap_path(town_code: str, message_id: str) -> Path:
    """Where the CAP file of a message lies."""
    return town_folder("feed", town_code) / f"{safe_name(message_id)}.xml"


def publish(options: FeedOptions, words: Words, link: str) -> Path:
    """Write the CAP file; a second time writes the same bytes."""
    path = cap_path(words.town_code, words.message_id)
    polygons = (tuple(options.polygon),) if options.polygon else ()
    area = Area(options.area_name or words.town_name, polygons)
    alert = cap_alert(
        words, sender=options.sender, link=link, area=area, earlier=published_before(words)
    )
    write_atomically(path, alert)
    return path


def published_before(words: Words) -> Earlier | None:
    """The superseded alert as it was published; None where the feed never carried it."""
    if not words.supersedes:
        return None
    path = cap_path(words.town_code, words.supersedes)
    return read_earlier(path.read_bytes()) if path.exists() else None
