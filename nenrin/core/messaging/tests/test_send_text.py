"""A code by text: to the gateway once the transaction commits, and to nowhere else."""

import logging

import pytest

from nenrin.core.messaging.models import Channel
from nenrin.core.messaging.services.send_text import may_send_text, send_text
from nenrin.core.messaging.transports.tests.local_server import Reply, closed_port, serving

NUMBER, TEXT = "09012345678", "番号は 987654 です"


@pytest.fixture
def sms(town, monkeypatch):
    monkeypatch.setenv("NENRIN_TEST_TOKEN", "secret")
    return Channel.objects.create(kind="sms", name="SMS")


def _at(channel, base):
    channel.options = {"api_base": base, "token_env": "NENRIN_TEST_TOKEN"}
    channel.save()


def test_the_gateway_gets_it_once_the_transaction_commits(sms, django_capture_on_commit_callbacks):
    with serving(lambda _: Reply(202)) as gateway:
        _at(sms, gateway.base)
        with django_capture_on_commit_callbacks(execute=True):
            send_text(number=NUMBER, text=TEXT)
            assert gateway.seen == []
        (seen,) = gateway.seen
    assert (seen.path, seen.headers["Authorization"]) == ("/sms/messages", "Bearer secret")
    assert (seen.content["to"], seen.content["text"]) == ("+819012345678", TEXT)


def test_two_texts_are_never_taken_for_one(sms, django_capture_on_commit_callbacks):
    with serving(lambda _: Reply(202)) as gateway:
        _at(sms, gateway.base)
        for _ in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                send_text(number=NUMBER, text=TEXT)
        assert len({seen.content["client_reference"] for seen in gateway.seen}) == 2


@pytest.mark.parametrize("status", [401, 410, 503, None])
def test_a_text_that_is_not_taken_is_logged_without_the_number(
    sms, django_capture_on_commit_callbacks, caplog, status
):
    with serving(lambda _: Reply(status or 202)) as gateway:
        _at(sms, gateway.base if status else f"http://127.0.0.1:{closed_port()}")
        with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
            send_text(number=NUMBER, text=TEXT)
    assert "063614: a text was not handed over" in caplog.text
    assert NUMBER[1:] not in caplog.text and "987654" not in caplog.text


@pytest.mark.parametrize("number", ["09012345678", "08012345678", "07012345678", "06012345678"])
def test_mobiles_receive_texts(sms, number):
    assert may_send_text(number)


@pytest.mark.parametrize("number", ["0233295600", "05012345678", "0120123456", "08001234567"])
def test_other_numbers_do_not(sms, number):
    assert not may_send_text(number)


def test_without_a_gateway_nobody_does(sms):
    Channel.objects.update(is_enabled=False)
    assert not may_send_text(NUMBER)
