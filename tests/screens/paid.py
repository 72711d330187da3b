"""Fees in every state, for the pictures."""

import os

from nenrin.core.people.models import Person
from nenrin.engines.payments.contract import Fate, Opened, Standing
from nenrin.engines.payments.models import Payment
from nenrin.engines.payments.selectors import request_for
from nenrin.engines.payments.services.refund_payment import refund_payment
from nenrin.engines.payments.services.settle_payment import (
    note_failed,
    note_opened,
    settle_payment,
)
from nenrin.engines.payments.services.start_payment import Way, start_payment
from nenrin.engines.payments.services.take_at_counter import take_at_counter
from nenrin.engines.payments.services.waive import waive
from nenrin.rehearsal.agreed import STAND_IN_SECRETS
from nenrin.residents.procedures.fees import subject_of
from nenrin.residents.procedures.models import Application
from nenrin.residents.procedures.tests.factories import sent


def paid_ids(person: Person) -> dict[str, str]:
    """One to be paid, one paid and partly given back, one odd; and each state of a payment."""
    # The stack uses the stand-ins already; their secrets stand in its own processes.
    os.environ.update(STAND_IN_SECRETS)
    waiting, paid, odd = sent(person), sent(person), sent(person)
    payment = take_at_counter(
        request=request_for(subject_of(paid)),
        provider="cash",
        amount=684,
        slip="",
        acting_user="screens",
    )
    refund_payment(payment=payment, amount=84, reason="一通だけでよくなった", acting_user="screens")
    waive(
        request=request_for(subject_of(waiting)),
        amount=100,
        reason="条例第7条",
        acting_user="screens",
    )
    wrong = Standing(Fate.PAID, 1, "pi_odd")
    settle_payment(payment=_started(odd, "stripe"), standing=wrong, acting_user="screens")
    opened = note_opened(
        payment=_started(waiting, "stripe"), opened=Opened("cs_screens", "https://pay.invalid")
    )
    failed = note_failed(payment=_started(waiting, "payjp"), words="事業者につながりません。")
    return {
        "application_paid": str(paid.pk),
        "application_owed": str(waiting.pk),
        "payment_paid": str(payment.pk),
        "payment_open": str(opened.pk),
        "payment_failed": str(failed.pk),
        "owed": str(request_for(subject_of(waiting)).pk),
        "owed_paid": str(request_for(subject_of(paid)).pk),
        "owed_case": str(waiting.case_id),
    }


def _started(application: Application, provider: str) -> Payment:
    way = Way(provider, "https://town.invalid/{payment}/")
    owed = request_for(subject_of(application))
    return start_payment(request=owed, way=way, acting_user="screens")
