"""A contact is proved by a code: who reads the mailbox, within ten minutes, in this session."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from nenrin.core.accounts.contact_code import PENDING, TRIES

ADDRESS = "haru@example.jp"


def _code():
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]


def _ask(client, address=ADDRESS):
    return client.post("/contact/?next=/procedures/", {"contact": address})


def _type(client, code):
    return client.post("/contact/code?next=/procedures/", {"code": code})


def _wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.fixture
def visitor(town):
    return Client()


def test_the_code_proves_the_address(visitor):
    assert _ask(visitor).headers["Location"].startswith("/contact/code")
    assert mail.outbox[-1].to == [ADDRESS] and "金山町" in mail.outbox[-1].subject
    assert _type(visitor, _code()).headers["Location"] == "/procedures/"
    assert list(visitor.session["proof_contacts"]) == [ADDRESS]
    assert PENDING not in visitor.session


def test_full_width_and_blanks_are_read(visitor):
    _ask(visitor)
    typed = _code().translate({0x30 + n: 0xFF10 + n for n in range(10)})
    assert _type(visitor, f" {typed[:3]} {typed[3:]} ").status_code == 302


def test_the_session_does_not_hold_the_code(visitor):
    _ask(visitor)
    assert _code() not in str(dict(visitor.session))


def test_a_wrong_code_proves_nothing_and_tries_end(visitor):
    _ask(visitor)
    right = _code()
    for _ in range(TRIES.times):
        assert _type(visitor, _wrong(right)).status_code == 400
    answer = _type(visitor, right)
    assert answer.status_code == 400 and "続きました" in answer.content.decode()
    assert "proof_contacts" not in visitor.session


def test_a_code_is_of_its_own_session(visitor):
    _ask(visitor)
    other = Client()
    _ask(other, "aki@example.jp")
    assert _type(other, _code()).status_code == 302
    assert ADDRESS not in other.session["proof_contacts"]
    stranger = Client()
    assert _type(stranger, _code()).headers["Location"] == "/procedures/"
    assert "proof_contacts" not in stranger.session


def test_after_ten_minutes_it_is_over(visitor):
    _ask(visitor)
    session = visitor.session
    sent = timezone.now() - timedelta(minutes=10, seconds=1)
    session[PENDING] = session[PENDING] | {"at": sent.timestamp()}
    session.save()
    answer = _type(visitor, _code())
    assert answer.status_code == 400 and "過ぎました" in answer.content.decode()


def test_a_new_code_takes_the_place_of_the_old(visitor):
    _ask(visitor)
    old = _code()
    visitor.post("/contact/code?next=/procedures/", {"again": "1"})
    if old != _code():
        assert _type(visitor, old).status_code == 400
    assert _type(visitor, _code()).status_code == 302


def test_nobodys_mailbox_is_flooded(visitor):
    for _ in range(3):
        assert _ask(visitor).status_code == 302
    answer = _ask(Client())
    assert answer.status_code == 400 and "何度も送りました" in answer.content.decode()
    assert len(mail.outbox) == 3


@pytest.mark.parametrize("address", ["", "haru", "haru@example.con"])
def test_what_is_no_address_is_said_so(visitor, address):
    assert _ask(visitor, address).status_code == 400
    assert mail.outbox == []
