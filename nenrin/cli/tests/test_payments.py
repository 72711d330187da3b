"""`nenrin payments`: providers by command, and a day compared."""

import argparse

import pytest

from nenrin.cli.commands import payments_
from nenrin.cli.main import CommandRefused
from nenrin.engines.payments.contract import Reported
from nenrin.engines.payments.models import Merchant
from nenrin.engines.payments.services.take_news import take_news
from nenrin.engines.payments.tests.factories import owed, started, told, use_test_provider


def _run(*words):
    parser = argparse.ArgumentParser()
    payments_.configure(parser)
    return payments_.run(parser.parse_args(list(words)))


@pytest.fixture
def payment(town):
    bank = use_test_provider()
    made = started(owed(300))
    take_news(**told(made))
    made.refresh_from_db()
    return made, bank


def test_a_day_that_agrees_ends_with_zero_and_another_with_one(payment, capsys):
    made, bank = payment
    day = f"{made.paid_at.astimezone():%Y-%m-%d}"
    bank.lines = [Reported(made.charge, 300, made.paid_at)]
    assert _run("reconcile", "--date", day) == 0
    assert "合ったもの 1件、違うもの 0件" in capsys.readouterr().out
    bank.lines = [Reported(made.charge, 200, made.paid_at)]
    assert _run("reconcile", "--date", day) == 1
    assert "こちら 300円、事業者 200円" in capsys.readouterr().out
    bank.down = 1
    assert _run("reconcile", "--date", day) == 1
    assert "突き合わせられませんでした" in capsys.readouterr().out


def test_what_cannot_be_is_refused(town):
    for words in (
        ("reconcile", "--date", "2999-01-01"),
        ("reconcile", "--town", "999999"),
        ("use", "nobody"),
        ("use", "stripe", "--set", "api_base"),
        ("use", "stripe", "--set", "api_base=http://evil.example"),
        ("use", "stripe", "--set", "colour=red"),
    ):
        with pytest.raises(CommandRefused):
            _run(*words)
    assert not Merchant.objects.filter(provider="stripe").exists()


def test_a_provider_is_taken_into_use_and_out_of_it(town, capsys, monkeypatch):
    monkeypatch.delenv("NENRIN_STRIPE_SECRET_KEY", raising=False)
    _run("use", "stripe", "--set", "webhook_secret_env=KANEYAMA_HOOK")
    assert "NENRIN_STRIPE_SECRET_KEY がありません" in capsys.readouterr().out
    monkeypatch.setenv("NENRIN_STRIPE_SECRET_KEY", "k")
    monkeypatch.setenv("KANEYAMA_HOOK", "h")
    _run("list")
    said = capsys.readouterr().out
    assert "使えます" in said and "h" not in said.split("stripe")[0]
    _run("use", "stripe", "--off")
    assert "使っていません" in capsys.readouterr().out
    kept = Merchant.objects.get(provider="stripe").options
    assert kept["webhook_secret_env"] == "KANEYAMA_HOOK"
