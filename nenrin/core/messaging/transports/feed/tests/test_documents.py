"""CAP that the OASIS schema accepts, and what the standard asks for beyond it."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from lxml import etree

from nenrin.core.messaging.transports.contract import Words
from nenrin.core.messaging.transports.feed.documents import (
    ATOM,
    CAP,
    Area,
    Earlier,
    Entry,
    atom_feed,
    cap_alert,
    read_earlier,
)
from nenrin.core.messaging.transports.tests.parcels import MESSAGE, make_words

SQUARE = ((38.9, 140.3), (38.9, 140.4), (38.8, 140.4), (38.9, 140.3))
LINK = "https://kaneyama.example/m/abc"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    path = settings.NENRIN.corpus / "cap" / "schema" / "CAP-v1.2.xsd"
    if not path.exists():
        pytest.skip(f"{path} がないため、CAPのスキーマ検査を飛ばしました(NENRIN_CORPUS)")
    parser = etree.XMLParser(no_network=True)
    return etree.XMLSchema(etree.parse(str(path), parser))


def text_of(alert: bytes, name: str) -> str | None:
    found = etree.fromstring(alert).findtext(f".//{{{CAP}}}{name}")
    return None if found is None else str(found)


@pytest.mark.parametrize(
    "words",
    [make_words(severity=level) for level in range(6)]
    + [
        make_words(is_drill=True, heading="【訓練】避難指示"),
        make_words(body="<&> \x00\x0b🌲", easy_body=""),
    ],
)
def test_the_schema_accepts_every_alert(schema: etree.XMLSchema, words: Words) -> None:
    earlier = Earlier("063614.nenrin", "earlier-1", "2026-11-24T14:00:00+09:00")
    area = Area("中田地区", (SQUARE,))
    schema.assertValid(etree.fromstring(cap_alert(words)))
    schema.assertValid(etree.fromstring(cap_alert(words, link=LINK, area=area, earlier=earlier)))


def test_times_have_an_offset_and_no_fraction() -> None:
    alert = cap_alert(make_words())
    assert text_of(alert, "sent") == "2026-11-24T15:30:15+09:00"
    for name in ("sent", "effective", "expires"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00", text_of(alert, name) or "")


def test_a_drill_is_an_exercise_and_says_so() -> None:
    assert text_of(cap_alert(make_words()), "status") == "Actual"
    drill = cap_alert(make_words(is_drill=True))
    assert text_of(drill, "status") == "Exercise"
    assert "訓練" in (text_of(drill, "note") or "")


def test_an_update_refers_to_what_was_published() -> None:
    first = read_earlier(cap_alert(make_words(), sender="town.kaneyama.example"))
    update = cap_alert(make_words(message_id="next"), earlier=first)
    assert text_of(update, "msgType") == "Update"
    expected = f"town.kaneyama.example,{MESSAGE},2026-11-24T15:30:15+09:00"
    assert text_of(update, "references") == expected


def test_an_end_cancels_what_was_published() -> None:
    words = make_words(message_id="next", ends_earlier=True)
    ending = cap_alert(words, earlier=read_earlier(cap_alert(make_words())))
    assert text_of(ending, "msgType") == "Cancel"
    assert MESSAGE in (text_of(ending, "references") or "")
    assert text_of(cap_alert(words), "msgType") == "Alert"


def test_a_polygon_is_written_latitude_first() -> None:
    alert = cap_alert(make_words(), area=Area("中田", (SQUARE,)))
    assert text_of(alert, "polygon") == "38.9,140.3 38.9,140.4 38.8,140.4 38.9,140.3"


def test_the_atom_feed_links_page_and_cap_file() -> None:
    entry = Entry(make_words(), LINK, "https://kaneyama.example/feed/abc.xml")
    now = datetime(2026, 11, 25, tzinfo=UTC)
    feed = etree.fromstring(atom_feed("金山町", "https://kaneyama.example/feed", now, [entry]))
    links = {link.get("rel"): link.get("type") for link in feed.iter(f"{{{ATOM}}}link")}
    assert links["enclosure"] == "application/cap+xml"
    assert links["alternate"] == "text/html"
    assert feed.findtext(f"{{{ATOM}}}updated") == "2026-11-24T15:30:15+09:00"
    assert feed.findtext(f".//{{{ATOM}}}entry/{{{ATOM}}}id") == f"urn:uuid:{MESSAGE}"


def test_an_empty_feed_still_says_when() -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    feed = etree.fromstring(atom_feed("金山町", "https://kaneyama.example/feed", now, []))
    assert feed.findtext(f"{{{ATOM}}}updated") == "2026-11-25T09:00:00+09:00"
