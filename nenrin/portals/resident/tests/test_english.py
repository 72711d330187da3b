"""Nobody who reads English meets Japanese by oversight."""

import io
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.test import Client
from django.utils.translation.template import templatize

from nenrin.core.areas.models import Shelter
from nenrin.core.messaging.models import SafetyAnswer
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import Severity
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.ui.catalogues import LOCALE, compile_catalogues
from nenrin.core.ui.menu import DOORS
from nenrin.portals.resident import receive

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = (
    *("portals/templates/counter", "portals/templates/procedures"),
    *("portals/templates/resident", "core/ui/templates"),
)
KEYWORDS = {"gettext": None, "_": None}


def _english():
    with (LOCALE / "en/LC_MESSAGES/django.po").open("rb") as file:
        return {entry.id for entry in read_po(file, locale="en") if entry.id and entry.string}


def _written():
    sources = [
        (file.name, templatize(file.read_text(encoding="utf-8"), origin=str(file)).encode())
        for folder in TEMPLATES
        for file in (ROOT / folder).rglob("*.html")
    ]
    sources += [(file.name, file.read_bytes()) for file in (ROOT / "portals/resident").glob("*.py")]
    for name, code in sources:
        for _, found, _, _ in extract("python", io.BytesIO(code), keywords=KEYWORDS):
            yield name, found if isinstance(found, str) else found[0]


def test_every_word_of_the_residents_pages_has_its_english():
    english = _english()
    assert [pair for pair in _written() if pair[1] not in english] == []


def test_words_that_come_from_lists_have_theirs_too(town):
    words = {*Severity.labels, *SafetyAnswer.Answer.labels}
    words |= {text for label, hint, _ in DOORS.values() for text in (label, hint)}
    words |= {hazard for shelter in Shelter.objects.all() for hazard in shelter.hazards}
    words |= {receive.ON, receive.OFF, receive.SENT, receive.WHOSE, receive.TOO_OFTEN}
    words |= {receive.LINK_BAD, receive.LINK_OLD}
    assert words - _english() == set()


@pytest.fixture
def english():
    compile_catalogues()
    client = Client()
    client.cookies["nenrin_language"] = "en"
    return client


def test_home_speaks_english(small_town, english):
    page = english.get("/").content.decode()
    assert "No warnings are in force in the town" in page and 'lang="en"' in page


def test_a_message_is_shown_in_english_where_it_carries_it(small_town, english):
    words = {"en": {"title": "River rising", "body": "Go to high ground.\n\nNow."}}
    message = make_message(translations=words)
    release_message(message=message, acting_user="tester")
    page = english.get(f"/m/{message.pk}").content.decode()
    assert "River rising" in page and "Go to high ground." in page
    assert "River rising" not in Client().get(f"/m/{message.pk}").content.decode()


def test_a_message_without_english_says_so(small_town, english):
    message = make_message()
    release_message(message=message, acting_user="tester")
    page = english.get(f"/m/{message.pk}").content.decode()
    assert "This message is in Japanese only." in page and message.title in page
