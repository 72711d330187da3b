"""A request from its charge to the last yen given back."""

import pytest

from nenrin.core.audit.models import AuditEntry
from nenrin.core.events.models import OutboxEvent
from nenrin.engines.payments.contract import Fate, Opened, Standing, WebhookRefused
from nenrin.engines.payments.locking import PaymentRefused
from nenrin.engines.payments.models import Payment, PaymentRequest, Refund, Transaction
from nenrin.engines.payments.selectors import balance_of, balances, failed_refunds, odd_payments
from nenrin.engines.payments.services.charge import Bill, charge
from nenrin.engines.payments.services.refund_payment import (
    note_refund_failed,
    note_refunded,
    refund_payment,
)
from nenrin.engines.payments.services.settle_payment import note_opened, settle_payment
from nenrin.engines.payments.services.take_at_counter import take_at_counter
from nenrin.engines.payments.services.take_news import take_news
from nenrin.engines.payments.services.waive import drop, waive

from .factories import owed, started, told, use_test_provider


@pytest.fixture
def bank(town):
    return use_test_provider()


@pytest.fixture
def request_(bank):
    return owed(300)


@pytest.fixture
def payment(request_):
    return started(request_)


def _paid(payment, amount=None):
    take_news(**told(payment, **({} if amount is None else {"amount": amount})))
    payment.refresh_from_db()
    payment.request.refresh_from_db()
    return payment


def test_a_webhook_settles_the_request_once(payment):
    news = told(payment)
    assert take_news(**news) is True
    assert take_news(**news) is False
    payment.request.refresh_from_db()
    assert payment.request.state == "settled" and payment.request.owed == 0
    assert balance_of("held:test") == 300 and balance_of("receivable") == 0
    assert Transaction.objects.filter(kind="paid").count() == 1
    names = list(OutboxEvent.objects.values_list("name", flat=True))
    assert names.count("RequestSettled") == names.count("MoneyReceived") == 1


def test_the_same_money_told_by_two_events_is_booked_once(payment):
    take_news(**told(payment, event="one"))
    take_news(**told(payment, event="two"))
    settle_payment(payment=payment, standing=Standing(Fate.PAID, 300, "x"), acting_user="t")
    assert balance_of("held:test") == 300


def test_a_forged_webhook_changes_nothing(payment):
    forged = told(payment) | {"headers": {"Signature": "0" * 64}}
    with pytest.raises(WebhookRefused):
        take_news(**forged)
    with pytest.raises(WebhookRefused):
        take_news(**told(payment) | {"provider": "cash"})
    assert take_news(**told(payment, key="not-ours")) is False
    payment.refresh_from_db()
    assert payment.state == "started"


def test_money_beats_a_cancellation_in_either_order(payment):
    over = Standing(Fate.OVER)
    settle_payment(payment=payment, standing=over, acting_user="t")
    assert _paid(payment).state == "paid"
    settle_payment(payment=payment, standing=over, acting_user="t")
    payment.refresh_from_db()
    assert payment.state == "paid"


def test_a_second_tap_gets_the_same_payment_and_a_new_amount_another(payment):
    assert started(payment.request) == payment
    waive(request=payment.request, amount=100, reason="減額", acting_user="t")
    assert started(payment.request) != payment


def test_a_webhook_may_be_quicker_than_the_page(payment):
    _paid(payment)
    note_opened(payment=payment, opened=Opened("page", "https://pay.invalid"))
    payment.refresh_from_db()
    assert (payment.state, payment.reference) == ("paid", "page")


def test_another_amount_than_asked_for_leaves_the_rest_owed_and_is_shown(payment):
    _paid(payment, amount=1)
    assert payment.request.state == "waiting" and payment.request.owed == 299
    assert payment.is_odd and list(odd_payments()) == [payment]
    assert balances().is_balanced and balance_of("receivable") == 299
    _paid(started(payment.request))
    assert not odd_payments().exists()


def test_a_wrong_amount_given_back_is_owed_again(payment):
    _paid(payment, amount=1)
    note_refunded(refund=_refund(payment, 1), reference="r")
    payment.request.refresh_from_db()
    assert payment.request.owed == 300 and balance_of("income:fees") == -300


def test_two_payments_of_one_request_make_it_overpaid_until_one_goes_back(request_, payment):
    clerk = take_at_counter(request=request_, provider="cash", amount=300, slip="", acting_user="t")
    _paid(payment)
    assert payment.request.state == "overpaid" and payment.request.owed == -300
    refund_payment(payment=clerk, amount=300, reason="二重払い", acting_user="t")
    payment.request.refresh_from_db()
    assert payment.request.state == "settled"
    assert (balance_of("held:cash"), balance_of("held:test")) == (0, 300)
    assert balance_of("income:fees") == -300


def _refund(payment, amount):
    return refund_payment(payment=payment, amount=amount, reason="返す", acting_user="t")


def test_a_fee_goes_back_in_parts_and_never_more_than_came(payment):
    _paid(payment)
    first = _refund(payment, 100)
    with pytest.raises(PaymentRefused, match="200円"):
        _refund(payment, 201)
    assert balance_of("held:test") == 300
    for _ in range(2):
        note_refunded(refund=first, reference="r1")
    assert balance_of("held:test") == 200 and balance_of("income:fees") == -200
    note_refunded(refund=_refund(payment, 200), reference="r2")
    payment.request.refresh_from_db()
    assert payment.request.state == "free" and balance_of("held:test") == 0
    assert balances().is_balanced


def test_a_refund_that_fails_frees_what_was_set_aside(payment):
    _paid(payment)
    refund = _refund(payment, 300)
    with pytest.raises(PaymentRefused):
        _refund(payment, 1)
    for _ in range(2):
        note_refund_failed(refund=refund, words="no")
    payment.refresh_from_db()
    assert payment.refundable == 300 and Refund.objects.get().state == "failed"
    assert balance_of("held:test") == 300
    assert list(failed_refunds()) == [refund]
    _refund(payment, 300)
    assert not failed_refunds().exists()


def test_the_counter_takes_exactly_what_is_owed_once(request_):
    def take(amount=300, provider="cash"):
        return take_at_counter(
            request=request_, provider=provider, amount=amount, slip="12", acting_user="t"
        )

    with pytest.raises(PaymentRefused, match="300円に変わりました"):
        take(amount=200)
    with pytest.raises(PaymentRefused, match="現金か"):
        take(provider="test")
    assert take(provider="terminal").charge == "12"
    with pytest.raises(PaymentRefused, match="もうありません"):
        take()


def test_a_waiver_needs_a_reason_and_stops_at_what_is_owed(request_):
    for amount, reason in ((100, " "), (301, "生活保護"), (0, "生活保護"), (-5, "生活保護")):
        with pytest.raises(PaymentRefused):
            waive(request=request_, amount=amount, reason=reason, acting_user="t")
    assert waive(request=request_, amount=100, reason="半額", acting_user="t").owed == 200
    assert waive(request=request_, amount=200, reason="全額", acting_user="t").state == "free"
    with pytest.raises(PaymentRefused, match="もうありません"):
        started(request_)


def test_a_new_amount_changes_the_charge_and_keeps_the_waiver(request_):
    waive(request=request_, amount=100, reason="半額", acting_user="t")
    bill = Bill(request_.subject, "手数料", 500)
    assert charge(bill=bill, acting_user="t").owed == 400
    assert charge(bill=bill, acting_user="t").owed == 400
    assert balance_of("receivable") == 400 and balance_of("income:fees") == -400
    assert charge(bill=Bill(request_.subject, "手数料", 50), acting_user="t").owed == 0
    assert balances().is_balanced and PaymentRequest.objects.count() == 1


def test_dropping_leaves_nothing_owed_and_what_was_paid_to_be_given_back(request_, payment):
    drop(request=request_, reason="取り下げ", acting_user="t")
    _paid(payment)
    assert payment.request.state == "overpaid" and payment.request.payable == 0


def test_what_may_not_be_paid_from_home_is_refused(bank):
    with pytest.raises(PaymentRefused, match="窓口"):
        started(owed(300, is_online=False))
    with pytest.raises(PaymentRefused, match="ほかの払い方"):
        started(owed(300), provider="stripe")


def test_every_act_stands_in_the_audit_trail_without_names(payment):
    _paid(payment)
    _refund(payment, 10)
    acts = AuditEntry.objects.filter(action__startswith="payments.")
    assert {"payments.charge", "payments.start", "payments.receive", "payments.refund"} <= set(
        acts.values_list("action", flat=True)
    )
    assert Payment.objects.get().made_by == "t"
