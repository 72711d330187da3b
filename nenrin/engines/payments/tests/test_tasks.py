"""What workers do with providers: in time, twice, too late, and when nobody answers."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from nenrin.engines.payments.contract import Fate, ProviderDown, Reported, Standing
from nenrin.engines.payments.models import Difference, Payment, Reconciliation, Refund
from nenrin.engines.payments.reconciling import reconcile_day
from nenrin.engines.payments.selectors import balance_of, newest_reconciliations
from nenrin.engines.payments.services.refund_payment import refund_payment
from nenrin.engines.payments.services.take_news import take_news
from nenrin.engines.payments.tasks import (
    ask_about_open_payments,
    give_back,
    open_hosted_page,
    read_payment,
    reconcile,
    reconcile_yesterday,
)

from .factories import owed, started, told, use_test_provider

TOWN = "063614"


@pytest.fixture
def bank(town):
    return use_test_provider()


@pytest.fixture
def payment(bank):
    return started(owed(300))


def _opened(payment):
    open_hosted_page.func(town=TOWN, payment=str(payment.pk))
    payment.refresh_from_db()
    return payment


def test_a_page_is_opened_once(bank, payment):
    assert _opened(payment).url == f"https://pay.invalid/{payment.pk}"
    bank.down = 1
    assert _opened(payment).state == "open"


def test_a_provider_that_is_down_is_told_at_once_and_may_be_tried_again(bank, payment):
    bank.down = 1
    assert _opened(payment).state == "failed"
    assert "つながりません" in payment.words
    assert started(payment.request) != payment


def test_asking_settles_a_payment_whose_webhook_never_came(bank, payment):
    _opened(payment)
    read_payment.func(town=TOWN, payment=str(payment.pk))
    payment.refresh_from_db()
    assert payment.state == "open"
    bank.standings[payment.reference] = Standing(Fate.PAID, 300, "c")
    for _ in range(2):
        read_payment.func(town=TOWN, payment=str(payment.pk))
    payment.refresh_from_db()
    assert payment.state == "paid" and balance_of("held:test") == 300


def test_asking_in_vain_is_tried_again(bank, payment):
    _opened(payment)
    bank.down = 1
    with pytest.raises(ProviderDown):
        read_payment.func(town=TOWN, payment=str(payment.pk))


def test_money_goes_back_and_a_crash_before_the_booking_sends_it_once(bank, payment, monkeypatch):
    take_news(**told(payment))
    payment.refresh_from_db()
    refund = refund_payment(payment=payment, amount=100, reason="r", acting_user="t")
    with monkeypatch.context() as patch:
        patch.setattr("nenrin.engines.payments.tasks.note_refunded", _killed)
        with pytest.raises(KeyboardInterrupt):
            give_back.func(town=TOWN, refund=str(refund.pk))
    assert balance_of("held:test") == 300
    for _ in range(2):
        give_back.func(town=TOWN, refund=str(refund.pk))
    assert balance_of("held:test") == 200
    assert bank.refunds == {str(refund.pk): 100}


def _killed(**_):
    raise KeyboardInterrupt


def test_a_provider_out_of_use_makes_the_refund_fail_in_words(bank, payment):
    take_news(**told(payment))
    payment.refresh_from_db()
    refund = refund_payment(payment=payment, amount=100, reason="r", acting_user="t")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nenrin.engines.payments.tasks.merchant", lambda key: None)
        give_back.func(town=TOWN, refund=str(refund.pk))
    assert Refund.objects.get().state == "failed"


def _asked():
    return ProcrastinateJob.objects.filter(task_name__endswith="read_payment").count()


def test_open_payments_are_asked_about_often_at_first_and_then_hourly(bank, payment):
    _opened(payment)
    on_the_hour, between = 3600 * 1000, 3600 * 1000 + 600
    ask_about_open_payments.func(timestamp=on_the_hour)
    assert _asked() == 0
    Payment.objects.update(made_at=timezone.now() - timedelta(minutes=5))
    for _ in range(2):
        ask_about_open_payments.func(timestamp=between)
    assert _asked() == 1
    ProcrastinateJob.objects.all()._raw_delete("default")
    Payment.objects.update(made_at=timezone.now() - timedelta(hours=5))
    ask_about_open_payments.func(timestamp=between)
    assert _asked() == 0
    ask_about_open_payments.func(timestamp=on_the_hour)
    assert _asked() == 1
    ProcrastinateJob.objects.all()._raw_delete("default")
    Payment.objects.update(made_at=timezone.now() - timedelta(days=3))
    ask_about_open_payments.func(timestamp=on_the_hour)
    assert _asked() == 0


def test_a_page_that_never_came_is_given_up(bank, payment):
    Payment.objects.update(made_at=timezone.now() - timedelta(minutes=5))
    ask_about_open_payments.func(timestamp=0)
    payment.refresh_from_db()
    assert payment.state == "failed"


def _paid(payment):
    take_news(**told(payment))
    payment.refresh_from_db()
    return payment


def test_a_day_that_agrees_is_kept_as_such(bank, payment):
    _paid(payment)
    bank.lines = [Reported(payment.charge, 300, timezone.now())]
    (outcome,) = reconcile_day(town=TOWN, day=timezone.localdate(), acting_user="t")
    assert (outcome.kept.matched, outcome.kept.here, outcome.kept.there) == (1, 300, 300)
    assert not Difference.objects.exists()


def test_each_kind_of_difference_is_named(bank, payment):
    _paid(payment)
    other = _paid(started(owed(500)))
    bank.lines = [
        Reported(other.charge, 450, timezone.now()),
        Reported("stranger", 70, timezone.now()),
    ]
    reconcile.func(town=TOWN, day=timezone.localdate().isoformat(), acting_user="t")
    found = set(Difference.objects.values_list("kind", "reference", "here", "there"))
    assert found == {
        ("missing_there", payment.charge, 300, None),
        ("amount", other.charge, 500, 450),
        ("missing_here", "stranger", None, 70),
    }


def test_midnight_makes_no_difference(bank, payment):
    _paid(payment)
    day = timezone.localdate()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    Payment.objects.update(paid_at=midnight + timedelta(seconds=1))
    bank.lines = [Reported(payment.charge, 300, midnight - timedelta(seconds=1))]
    for one in (day, day - timedelta(days=1)):
        (outcome,) = reconcile_day(town=TOWN, day=one, acting_user="t")
        assert outcome.kept.matched == 1 and not outcome.kept.differences.exists()


def test_a_silent_provider_is_asked_again_and_the_newest_run_counts(bank, payment):
    bank.down = 1
    today = timezone.localdate().isoformat()
    with pytest.raises(ProviderDown):
        reconcile.func(town=TOWN, day=today, acting_user="t")
    for _ in range(2):
        reconcile.func(town=TOWN, day=today, acting_user="t")
    assert Reconciliation.objects.count() == 2
    assert newest_reconciliations() == [Reconciliation.objects.latest("ran_at")]


def test_every_night_yesterday_is_compared(bank):
    reconcile_yesterday.func(timestamp=0)
    job = ProcrastinateJob.objects.get(task_name__endswith="reconcile")
    yesterday = timezone.localdate() - timedelta(days=1)
    assert job.args["day"] == yesterday.isoformat() and job.args["town"] == TOWN
