import hashlib

import pytest
from django.test import Client

from nenrin.core.messaging.models import Endpoint
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.life.watch.models import CheckIn, Concern

TOKEN = "a-token-that-only-this-tablet-has"


@pytest.fixture
def tablet(small_town):
    endpoint = Endpoint.objects.filter(kind="tablet", retired_at=None).first()
    endpoint.keys = {"token_hash": hashlib.sha256(TOKEN.encode()).hexdigest()}
    endpoint.save()
    client = Client()
    client.cookies["nenrin_tablet"] = TOKEN
    return client


def test_an_unpaired_tablet_says_what_to_do(small_town):
    assert "QRコード" in Client().get("/tablet").content.decode()
    assert Client().post("/tablet/well").status_code == 302
    assert not CheckIn.objects.exists()


def test_the_newest_message_stands_on_the_screen(tablet):
    assert "いまは知らせはありません" in tablet.get("/tablet").content.decode()
    first = make_message(title="はじめ")
    release_message(message=first, acting_user="tester")
    release_message(message=make_message(title="つぎ", supersedes=first), acting_user="tester")
    page = tablet.get("/tablet").content.decode()
    assert "つぎ" in page and "はじめ" not in page and "無事です" in page


def test_a_drill_is_marked(tablet):
    release_message(message=make_message(is_drill=True), acting_user="tester")
    page = tablet.get("/tablet").content.decode()
    assert "【訓練】" in page and "本当の知らせではありません" in page


def test_the_two_buttons(tablet):
    tablet.post("/tablet/well")
    tablet.post("/tablet/call")
    tablet.post("/tablet/call")
    assert CheckIn.objects.count() == 1
    assert Concern.objects.get().kind == Concern.Kind.CALL
    assert "元気です ✓" in tablet.get("/tablet").content.decode()
