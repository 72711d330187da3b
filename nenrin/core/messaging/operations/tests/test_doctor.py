from datetime import timedelta

import pytest
from django.utils import timezone

from nenrin.core.messaging.models import Channel, Delivery
from nenrin.core.messaging.operations.doctor import (
    find_channels_that_cannot_send,
    find_overdue_deliveries,
)
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message


def _found(find):
    return " ".join(finding.what for finding in find())


def test_deliveries_that_nobody_takes_up_are_counted(small_town):
    release_message(message=make_message(), acting_user="tester")
    assert _found(find_overdue_deliveries) == ""
    planned = Delivery.objects.filter(state=0)
    planned.update(due_at=timezone.now() - timedelta(minutes=5))
    assert f"金山町: 送る時刻を過ぎた送信が {planned.count()} 件" in _found(find_overdue_deliveries)


@pytest.mark.parametrize("kind", ["line", "sms", "voice"])
def test_a_channel_without_its_secret_is_told(small_town, kind, monkeypatch):
    options = {"api_base": "https://localhost", "token_env": "NENRIN_TEST_TOKEN"}
    if kind == "line":
        options = {"channel_access_token_env": "NENRIN_TEST_TOKEN"}
        monkeypatch.setenv("NENRIN_LINE_SECRET", "x")
    channel = Channel.objects.create(kind=kind, name="試し", options=options)
    assert "環境変数 NENRIN_TEST_TOKEN" in _found(find_channels_that_cannot_send)
    monkeypatch.setenv("NENRIN_TEST_TOKEN", "x")
    assert _found(find_channels_that_cannot_send) == ""
    monkeypatch.delenv("NENRIN_TEST_TOKEN")
    channel.is_enabled = False
    channel.save()
    assert _found(find_channels_that_cannot_send) == ""


def test_options_that_cannot_be_read_are_told(small_town):
    Channel.objects.create(kind="email", name="メール", options={"port": "many"})
    assert "設定が読めません" in _found(find_channels_that_cannot_send)


def test_a_kind_that_is_gone_is_told(small_town):
    Channel.objects.create(kind="telegraph", name="電報")
    assert "telegraph という送り方はありません" in _found(find_channels_that_cannot_send)


def test_a_certificate_that_is_missing_is_told(small_town, tmp_path):
    Channel.objects.filter(kind="webpush").update(
        options=Channel.objects.get(kind="webpush").options | {"ca_file": str(tmp_path / "no.pem")}
    )
    assert "no.pem が読めません" in _found(find_channels_that_cannot_send)
