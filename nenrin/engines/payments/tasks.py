"""Jobs of the payments: all talk with providers, outside any transaction.

Each may run twice: providers know our keys, and what is written down is written once.
"""

from datetime import date, timedelta

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from nenrin.core.jobs.daily import daily
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope

from .contract import GiveBack, Order, ProviderDown, ProviderRefused
from .merchants import merchant
from .models import Payment, Refund
from .reconciling import reconcile_day
from .services.refund_payment import GIVE_BACK, note_refund_failed, note_refunded
from .services.settle_payment import note_failed, note_opened, settle_payment
from .services.start_payment import OPEN_PAGE
from .services.take_news import READ, ask_soon

RECONCILE = "nenrin.engines.payments.tasks.reconcile"
AGAIN = RetryStrategy(max_attempts=6, exponential_wait=4, retry_exceptions={ProviderDown})
ASKED_FOR = timedelta(days=2)
YOUNG = timedelta(minutes=2)
CLOSED = "この払い方はいま使えません。"
DOWN = "事業者につながりませんでした。少し待って、もう一度押してください。"


@app.task(name=OPEN_PAGE, queue="payments")
def open_hosted_page(town: str, payment: str) -> None:
    """Make the page on which the payer pays. One failure is told at once: somebody waits for it."""
    with town_scope(town):
        row = Payment.objects.select_related("request").get(pk=payment)
        ready = merchant(row.provider)
        order = Order(
            key=str(row.pk),
            amount=row.amount,
            title=row.request.title,
            return_url=f"{row.return_url}?back=1",
            cancel_url=f"{row.return_url}?left=1",
        )
    if row.state != Payment.State.STARTED:
        return
    try:
        opened = ready.provider.open_page(ready.options, order) if ready else None
        words = CLOSED
    except ProviderDown:
        opened, words = None, DOWN
    except ProviderRefused as error:
        opened, words = None, str(error)
    with town_scope(town):
        if opened:
            note_opened(payment=row, opened=opened)
        else:
            note_failed(payment=row, words=words)


@app.task(name=READ, queue="payments", retry=AGAIN)
def read_payment(town: str, payment: str) -> None:
    """Ask the provider how a payment stands, and write it down."""
    with town_scope(town):
        row = Payment.objects.select_related("request").get(pk=payment)
        ready = merchant(row.provider)
    if not row.reference or not ready or row.state == Payment.State.PAID:
        return
    try:
        standing = ready.provider.read(ready.options, row.reference)
    except ProviderRefused:
        return
    with town_scope(town):
        settle_payment(payment=row, standing=standing, acting_user=f"provider:{row.provider}")


@app.task(name=GIVE_BACK, queue="payments", retry=AGAIN)
def give_back(town: str, refund: str) -> None:
    """Ask the provider to return money; what it refuses is told on the page of the cashier."""
    with town_scope(town):
        row = Refund.objects.select_related("payment__request").get(pk=refund)
        ready = merchant(row.payment.provider)
        wish = GiveBack(str(row.pk), row.payment.charge, row.amount)
    if row.state != Refund.State.ASKED:
        return
    try:
        if ready is None:
            raise ProviderRefused(CLOSED)
        reference = ready.provider.give_back(ready.options, wish)
    except ProviderRefused as error:
        with town_scope(town):
            note_refund_failed(refund=row, words=str(error))
        return
    with town_scope(town):
        note_refunded(refund=row, reference=reference)


@app.periodic(cron="*/2 * * * *")
@app.task(queue="payments", queueing_lock="payments.ask")
def ask_about_open_payments(timestamp: int) -> None:
    """A payer who never came back, a webhook that never came: the provider is asked.

    Asked for two days, less and less often. A page that never came is given up, so that the payer
    may try again.
    """
    now = timezone.now()
    for town in Town.objects.filter(is_active=True):
        with town_scope(town.code):
            old = Payment.objects.filter(made_at__lt=now - YOUNG).select_related("request")
            for row in old.filter(state=Payment.State.STARTED):
                note_failed(payment=row, words=DOWN)
            for row in old.filter(state=Payment.State.OPEN, made_at__gte=now - ASKED_FOR):
                if _is_due(now - row.made_at, timestamp):
                    ask_soon(payment=row)


def _is_due(age: timedelta, timestamp: int) -> bool:
    """In the first hour at each round, then once an hour."""
    return age < timedelta(hours=1) or timestamp % 3600 < 120


@app.task(name=RECONCILE, queue="payments", retry=AGAIN)
def reconcile(town: str, day: str, acting_user: str) -> None:
    """Compare one day with the providers' reports. Raises ProviderDown where one did not answer."""
    outcomes = reconcile_day(town=town, day=date.fromisoformat(day), acting_user=acting_user)
    silent = [one.provider for one in outcomes if one.kept is None]
    if silent:
        raise ProviderDown("、".join(silent))


@app.periodic(cron=daily("03:20"))
@app.task(queue="payments", queueing_lock="payments.nightly")
def reconcile_yesterday(timestamp: int) -> None:
    """At night, every town."""
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    for town in Town.objects.filter(is_active=True):
        with town_scope(town.code):
            job = app.configure_task(name=RECONCILE, queue="payments")
            job.defer(town=town.code, day=day, acting_user="system")
