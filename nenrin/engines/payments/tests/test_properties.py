"""Whatever comes in whatever order, and however often: the sums always balance."""

from contextlib import suppress

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from nenrin.core.tenancy.scope import town_scope
from nenrin.engines.payments.contract import Fate, Standing
from nenrin.engines.payments.locking import PaymentRefused
from nenrin.engines.payments.models import Payment, PaymentRequest, Refund, Transaction
from nenrin.engines.payments.selectors import balance_of, balances
from nenrin.engines.payments.services.charge import Bill, charge
from nenrin.engines.payments.services.refund_payment import (
    note_refund_failed,
    note_refunded,
    refund_payment,
)
from nenrin.engines.payments.services.settle_payment import settle_payment
from nenrin.engines.payments.services.take_at_counter import take_at_counter
from nenrin.engines.payments.services.take_news import take_news
from nenrin.engines.payments.services.waive import drop, waive

from .factories import owed, started, told, use_test_provider

ACTS = (
    "start", "paid", "replay", "duplicate", "other amount", "over", "counter", "waive", "drop",
    "recharge", "refund", "refund all", "refund done", "refund done again", "refund failed",
)  # fmt: skip
STEP = st.tuples(st.sampled_from(ACTS), st.integers(0, 3), st.integers(1, 400))
# Most interesting things happen to a payment that has come.
BEGUN = [("start", 0, 1), ("paid", 0, 1)]
STEPS = st.builds(
    lambda begun, steps: [*begun, *steps],
    st.sampled_from([[], BEGUN, [*BEGUN, ("refund", 0, 100)]]),
    st.lists(STEP, min_size=2, max_size=20),
)


class World:
    """One request and everything that may happen to it."""

    def __init__(self):
        use_test_provider()
        self.request = owed(300)
        self.news = []

    def act(self, name, which, yen):
        self.request.refresh_from_db()
        payments = list(self.request.payments.order_by("made_at"))
        payment = payments[which % len(payments)] if payments else None
        refunds = list(Refund.objects.order_by("asked_at"))
        refund = refunds[which % len(refunds)] if refunds else None
        with suppress(PaymentRefused):
            getattr(self, "do_" + name.replace(" ", "_"))(payment, refund, yen)

    def do_start(self, payment, refund, yen):
        started(self.request)

    def _tell(self, payment, **changed):
        if payment and payment.provider == "test":
            self.news.append(told(payment, **changed))
            take_news(**self.news[-1])

    def do_paid(self, payment, refund, yen):
        self._tell(payment)

    def do_replay(self, payment, refund, yen):
        if self.news:
            take_news(**self.news[yen % len(self.news)])

    def do_duplicate(self, payment, refund, yen):
        self._tell(payment, event=f"evt:{yen}")

    def do_other_amount(self, payment, refund, yen):
        self._tell(payment, amount=yen)

    def do_over(self, payment, refund, yen):
        if payment:
            settle_payment(payment=payment, standing=Standing(Fate.OVER), acting_user="t")

    def do_counter(self, payment, refund, yen):
        take_at_counter(
            request=self.request,
            provider="cash",
            amount=self.request.payable,
            slip="",
            acting_user="t",
        )

    def do_waive(self, payment, refund, yen):
        waive(request=self.request, amount=yen, reason="r", acting_user="t")

    def do_drop(self, payment, refund, yen):
        drop(request=self.request, reason="r", acting_user="t")

    def do_recharge(self, payment, refund, yen):
        charge(bill=Bill(self.request.subject, "t", yen), acting_user="t")

    def do_refund(self, payment, refund, yen):
        if payment:
            refund_payment(payment=payment, amount=yen, reason="r", acting_user="t")

    def do_refund_all(self, payment, refund, yen):
        if payment:
            self.do_refund(payment, refund, payment.refundable)

    def do_refund_done(self, payment, refund, yen):
        if refund and refund.state != "failed":
            note_refunded(refund=refund, reference=f"r{refund.pk}")

    do_refund_done_again = do_refund_done

    def do_refund_failed(self, payment, refund, yen):
        if refund:
            note_refund_failed(refund=refund, words="no")

    def check(self):
        request = PaymentRequest.objects.get()
        assert balances().is_balanced
        for booking in Transaction.objects.all():
            assert sum(booking.entries.values_list("amount", flat=True)) == 0
        assert balance_of("receivable") == request.owed
        assert balance_of("income:fees") == -(request.amount - request.waived)
        for provider in ("test", "cash"):
            came = sum(p.received for p in Payment.objects.filter(provider=provider))
            went = sum(
                r.amount for r in Refund.objects.filter(payment__provider=provider, state="done")
            )
            assert balance_of(f"held:{provider}") == came - went >= 0
        assert (request.state == "waiting") == (request.owed > 0)
        assert (request.state == "overpaid") == (request.owed < 0)
        for payment in Payment.objects.all():
            asked = Refund.objects.filter(payment=payment).exclude(state="failed")
            assert payment.refunded == sum(asked.values_list("amount", flat=True))


@settings(max_examples=80)
@given(steps=STEPS)
def _hold(steps):
    with town_scope("063614"), transaction.atomic():
        world = World()
        for step in steps:
            world.act(*step)
            world.check()
        transaction.set_rollback(True)


def test_sums_always_balance(town):
    _hold()
