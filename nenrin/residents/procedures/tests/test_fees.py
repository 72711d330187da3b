"""When the fee is charged, changed and dropped; and what the desk and the applicant see of it."""

from uuid import uuid4

import pytest

from nenrin.core.audit.models import AuditEntry
from nenrin.engines.casework.moves import CaseRefused
from nenrin.engines.payments.events import MoneyReceived, MoneyReturned, RequestSettled
from nenrin.engines.payments.selectors import balances, request_for
from nenrin.engines.payments.services.set_up_merchants import set_up_counter
from nenrin.engines.payments.services.take_at_counter import take_at_counter
from nenrin.residents.procedures.fees import application_of, subject_of
from nenrin.residents.procedures.locking import ApplicationRefused
from nenrin.residents.procedures.models import Application, ApplicationNotice
from nenrin.residents.procedures.services.ask_to_mend import ask_to_mend
from nenrin.residents.procedures.services.decide_application import Verdict, decide_application
from nenrin.residents.procedures.services.drafts.save_answers import save_answers
from nenrin.residents.procedures.services.set_fee import set_fee
from nenrin.residents.procedures.services.submit_application import submit_application
from nenrin.residents.procedures.services.withdraw_application import withdraw_application
from nenrin.wiring.payments_reach_the_application import (
    tell_of_money,
    tell_of_refund,
    tick_the_fee,
)

from .factories import sent

VERDICT = Verdict("approved", "交付する。", "法第12条")


@pytest.fixture
def application(small_town):
    set_up_counter()
    return sent()


def _owed(application):
    return request_for(subject_of(application))


def _pay(application):
    owed = _owed(application)
    return take_at_counter(
        request=owed, provider="cash", amount=owed.payable, slip="", acting_user="t"
    )


def _tick_all(application, *, but=()):
    checks = application.sent_case.checks.exclude(key__in=but)
    checks.update(done_at="2026-11-26T00:00Z", done_by="t")


def test_what_is_paid_first_is_charged_on_sending_with_its_article(application):
    owed = _owed(application)
    assert (owed.amount, owed.label) == (684, application.sent_case.number)
    assert owed.basis.startswith("（例）") and "条例" in owed.basis


def test_the_desk_decides_only_when_it_was_paid(application):
    _tick_all(application, but=["fee"])
    with pytest.raises(CaseRefused, match="684円"):
        decide_application(application=application, verdict=VERDICT, acting_user="t")
    payment = _pay(application)
    subject = subject_of(application)
    tick_the_fee(RequestSettled(str(payment.request_id), subject))
    tell_of_money(MoneyReceived(str(payment.pk), subject))
    decide_application(application=application, verdict=VERDICT, acting_user="t")
    turns = list(ApplicationNotice.objects.values_list("turn", flat=True))
    assert turns == ["received", "paid", "approved"]
    tell_of_refund(MoneyReturned("1", subject))
    assert ApplicationNotice.objects.filter(turn="refunded").exists()
    tick_the_fee(RequestSettled(str(payment.request_id), subject))


def test_what_is_none_of_an_application_is_left_alone(application):
    assert application_of("lunch:7") is None
    tick_the_fee(RequestSettled("x", "lunch:7"))
    tell_of_money(MoneyReceived("x", f"application:{uuid4()}"))
    assert ApplicationNotice.objects.count() == 1


def test_mending_that_costs_more_opens_the_payment_again(application):
    _pay(application)
    _tick_all(application)
    ask_to_mend(application=application, fields=["copies"], words="通数", acting_user="t")
    application.refresh_from_db()
    answers = application.answers | {"copies": 3}
    save_answers(application=application, before=application.answers, answers=answers)
    submit_application(application=application, submission=uuid4(), acting_user="t")
    owed = _owed(application)
    assert owed.amount > 684 and owed.owed == owed.amount - 684 and owed.state == "waiting"
    assert application.sent_case.checks.get(key="fee").done_at is None
    assert balances().is_balanced


@pytest.mark.parametrize("is_paid", [True, False])
def test_withdrawing_leaves_nothing_owed(application, is_paid):
    if is_paid:
        _pay(application)
    withdraw_application(application=application, words="", acting_user="t")
    owed = _owed(application)
    assert owed.payable == 0 and owed.state == ("settled" if is_paid else "free")


def test_a_refusal_drops_what_was_not_paid(application):
    _tick_all(application)
    no = Verdict("refused", "認めない。", "理由")
    decide_application(application=application, verdict=no, acting_user="t")
    assert _owed(application).state == "free"


def _with_fee(application, fee, pay, monkeypatch):
    """As if the form had another fee: `pay` is when."""
    Application.objects.filter(pk=application.pk).update(fee=fee)
    monkeypatch.setattr(
        "nenrin.residents.procedures.services.decide_application.is_due",
        lambda definition, turn: (pay == "before") == (turn == "sent"),
    )
    application.refresh_from_db()


def test_what_is_paid_afterwards_is_charged_on_approval_and_told(application, monkeypatch):
    _tick_all(application)
    _with_fee(
        application, {"amount": 1000, "name": "手数料", "article": "第2条"}, "after", monkeypatch
    )
    decide_application(application=application, verdict=VERDICT, acting_user="t")
    assert _owed(application).amount == 1000
    assert ApplicationNotice.objects.filter(turn="fee", body__contains="1,000円").exists()


def test_an_amount_left_open_is_settled_by_the_desk_once(application):
    unsettled = {"amount": None, "name": "実費", "article": "", "is_example": False}
    Application.objects.filter(pk=application.pk).update(fee=unsettled)

    def settle(amount=500, basis="手数料条例第3条"):
        return set_fee(application=application, amount=amount, basis=basis, acting_user="t")

    for amount, basis in ((0, "第3条"), (2_000_000, "第3条"), (500, " ")):
        with pytest.raises(ApplicationRefused):
            settle(amount, basis)
    settle()
    assert _owed(application).amount == 500 and "第3条" in _owed(application).basis
    assert AuditEntry.objects.filter(action="procedures.set_fee").exists()
    with pytest.raises(ApplicationRefused, match="もう決まって"):
        settle()
