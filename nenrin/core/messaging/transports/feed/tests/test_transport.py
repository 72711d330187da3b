"""The CAP file is written once, the same again, and an update names the one before."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from nenrin.core.messaging.transports.contract import Fate
from nenrin.core.messaging.transports.feed.options import FeedOptions
from nenrin.core.messaging.transports.feed.transport import FeedTransport
from nenrin.core.messaging.transports.tests.parcels import MESSAGE, make_parcel, make_words
from nenrin.core.messaging.transports.tests.state_dir import use_state_dir

NEXT = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return use_state_dir(monkeypatch, tmp_path)


def test_the_file_is_written_where_the_reference_says(state: Path) -> None:
    words = make_words()
    (outcome,) = FeedTransport().send(FeedOptions(), words, [make_parcel(1)])
    assert outcome.fate is Fate.SENT
    assert outcome.reference == f"feed/063614/{MESSAGE}.xml"
    written = (state / outcome.reference).read_bytes()
    list(FeedTransport().send(FeedOptions(), words, [make_parcel(1)]))
    assert (state / outcome.reference).read_bytes() == written
    assert [path.name for path in (state / "feed/063614").iterdir()] == [f"{MESSAGE}.xml"]


def test_an_update_refers_to_the_file_before_it(state: Path) -> None:
    list(FeedTransport().send(FeedOptions(), make_words(), [make_parcel(1)]))
    update = make_words(message_id=NEXT, supersedes=MESSAGE)
    list(FeedTransport().send(FeedOptions(), update, [make_parcel(2)]))
    text = (state / f"feed/063614/{NEXT}.xml").read_text()
    assert f"<references>063614.nenrin,{MESSAGE},2026-11-24T15:30:15+09:00</references>" in text


def test_without_an_earlier_file_it_is_a_new_alert(state: Path) -> None:
    list(FeedTransport().send(FeedOptions(), make_words(supersedes=NEXT), [make_parcel(1)]))
    assert "<msgType>Alert</msgType>" in (state / f"feed/063614/{MESSAGE}.xml").read_text()


def test_options_refuse_an_open_polygon_and_a_bad_sender() -> None:
    with pytest.raises(ValidationError, match="4点以上"):
        FeedOptions(polygon=[(38.9, 140.3), (38.9, 140.4), (38.8, 140.4)])
    with pytest.raises(ValidationError):
        FeedOptions(sender="金山 町,役場")
