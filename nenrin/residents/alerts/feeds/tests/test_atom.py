import pytest
from django.conf import settings

from ..atom import Entry, read_feed
from ..errors import FeedMalformed

SAMPLES = sorted((settings.NENRIN.corpus / "jma/feeds").glob("*.xml"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_published_feeds_are_read(path):
    entries = read_feed(path.read_bytes())
    assert entries
    assert all(e.feed_id.startswith("urn:uuid:") and e.updated and e.link for e in entries)


def test_a_broken_entry_stops_no_other():
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry/><entry><id>x</id></entry>
    <entry><link href="https://h/1"/><updated>soon</updated></entry>
    <entry><id>b</id><link rel="self" href="https://h/no"/><link href="https://h/2"/></entry>
    <entry><id>b</id><link href="https://h/2"/></entry></feed>"""
    assert read_feed(feed) == [
        Entry("https://h/1", "https://h/1", 0.0),
        Entry("b", "https://h/2", 0.0),
    ]


@pytest.mark.parametrize("data", [b"", b"x", b"<x/>", b"<!DOCTYPE feed><feed/>", b"\xff\xfe"])
def test_what_is_no_feed_is_refused(data):
    with pytest.raises(FeedMalformed):
        read_feed(data)
