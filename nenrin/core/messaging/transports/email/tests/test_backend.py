import smtplib

import pytest
from django.core.mail import EmailMessage

from nenrin.core.messaging.models import Channel
from nenrin.core.messaging.transports.email import backend
from nenrin.core.messaging.transports.email.backend import TownMailBackend

OPTIONS = {"host": "127.0.0.1", "port": 2525, "security": "none"}


@pytest.fixture
def handed_over(town, monkeypatch):
    Channel.objects.create(
        kind="email", name="メール", options=OPTIONS | {"from_address": "town@example.invalid"}
    )
    mails = []
    monkeypatch.setattr(
        backend.TownSmtp,
        "send_messages",
        lambda self, given: mails.extend((self, m) for m in given),
    )
    return mails


def _send():
    return TownMailBackend().send_messages([EmailMessage("件名", "本文", "x@y", ["a@b.invalid"])])


def test_a_mail_goes_by_the_towns_server_after_the_commit(
    handed_over, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert _send() == 1
        assert handed_over == []
    connection, mail = handed_over[0]
    assert (connection.host, connection.port) == ("127.0.0.1", 2525)
    assert mail.from_email.endswith("<town@example.invalid>")


def test_a_town_without_a_mail_server_sends_none(town, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        assert _send() == 0
    assert callbacks == []


def test_trouble_is_logged_without_the_address(
    handed_over, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def refuse(self, mails):
        raise smtplib.SMTPRecipientsRefused({"a@b.invalid": (550, b"no")})

    monkeypatch.setattr(backend.TownSmtp, "send_messages", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        _send()
    assert "SMTPRecipientsRefused" in caplog.text and "a@b" not in caplog.text
