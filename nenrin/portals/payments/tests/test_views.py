"""The pages of money: for the applicant, the desk and the cashier."""

from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nenrin.core.accounts.models import User
from nenrin.core.audit.models import AuditEntry
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.organization.roles import Role
from nenrin.engines.casework.models import Case
from nenrin.engines.payments.models import Payment, PaymentRequest
from nenrin.engines.payments.selectors import request_for
from nenrin.engines.payments.services.take_at_counter import take_at_counter
from nenrin.engines.payments.services.take_news import take_news
from nenrin.engines.payments.tests.factories import told, use_test_provider
from nenrin.residents.payments.models import TaxSlip
from nenrin.residents.procedures.fees import subject_of
from nenrin.residents.procedures.tests.factories import resident, sent


@pytest.fixture
def application(small_town):
    use_test_provider()
    return sent()


@pytest.fixture
def owed(application):
    return request_for(subject_of(application))


@pytest.fixture
def phone(application):
    client = Client()
    client.force_login(resident().user)
    return client


def _staff(*roles):
    section, _ = Section.objects.get_or_create(code="kaikei", defaults={"name": "会計課"})
    user = User.objects.create_user(f"{uuid4().hex[:6]}@k.invalid", name="職員", kind="staff")
    StaffMember.objects.create(user=user, section=section, post="主事", roles=list(roles))
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def cashier(application):
    return _staff(Role.CASHIER)


def _text(response):
    return response.content.decode()


def test_the_application_shows_its_fee_with_the_article_and_the_button(phone, application):
    page = _text(phone.get(reverse("application", args=[application.pk])))
    assert "684円" in page and "条例" in page and "（例）" in page
    assert reverse("application_pay", args=[application.pk]) in page


def test_paying_wants_a_way_and_goes_to_the_payment(phone, application, owed):
    address = reverse("application_pay", args=[application.pk])
    assert phone.post(address).status_code == 400
    assert phone.post(address, {"way": "stripe"}).status_code == 400
    answer = phone.post(address, {"way": "test"})
    payment = Payment.objects.get()
    assert answer.url.endswith(f"/pay/{payment.pk}/?go=1")
    waiting = phone.get(answer.url)
    assert "用意しています" in _text(waiting) and "look=1" in waiting["Refresh"]
    assert payment.return_url.startswith("http://testserver/procedures/applications/")


def test_the_page_stops_looking_after_a_while(phone, application):
    phone.post(reverse("application_pay", args=[application.pk]), {"way": "test"})
    address = reverse("application_payment", args=[application.pk, Payment.objects.get().pk])
    late = phone.get(f"{address}?look=15")
    assert "Refresh" not in late and "払い方を選びなおす" in _text(late)


def test_a_receipt_exists_only_for_money_that_came(phone, application):
    phone.post(reverse("application_pay", args=[application.pk]), {"way": "test"})
    payment = Payment.objects.get()
    address = reverse("application_receipt", args=[application.pk, payment.pk])
    assert phone.get(address).status_code == 404
    take_news(**told(payment))
    first, second = phone.get(address), phone.get(address)
    assert first.content == second.content and first.content.startswith(b"%PDF-")


def test_money_of_one_application_is_not_shown_on_another(phone, application, owed):
    payment = take_at_counter(request=owed, provider="cash", amount=684, slip="", acting_user="t")
    other = sent()
    assert phone.get(reverse("application_payment", args=[other.pk, payment.pk])).status_code == 404
    assert phone.get(reverse("application_receipt", args=[other.pk, payment.pk])).status_code == 404


def test_the_webhook_takes_posts_of_a_known_provider_only(phone, application):
    address = reverse("payment_webhook", args=["test"])
    assert phone.get(address).status_code == 405
    assert phone.post(address, b"{}", content_type="application/json").status_code == 400
    assert phone.post(reverse("payment_webhook", args=["nobody"])).status_code == 400
    huge = b"x" * (256 * 1024 + 1)
    assert phone.post(address, huge, content_type="application/json").status_code == 413
    phone.post(reverse("application_pay", args=[application.pk]), {"way": "test"})
    news = told(Payment.objects.get())
    headers = {"Signature": news["headers"]["Signature"]}
    for _ in range(2):
        answer = phone.post(address, news["body"], content_type="application/json", headers=headers)
        assert answer.status_code == 200
    assert PaymentRequest.objects.get().paid == 684


def test_a_clerk_of_the_counter_takes_money_but_reduces_nothing(owed):
    desk, address = _staff(Role.DESK), reverse("staff_owed", args=[owed.pk])
    page = _text(desk.get(address))
    assert "窓口で受け取る" in page and "減免する</summary>" not in page
    assert desk.post(address, {"act": "waive", "waive-amount": 1}).status_code == 404
    taken = {"act": "take", "take-provider": "cash", "seen": "684"}
    assert desk.post(address, taken | {"seen": "600"}).status_code == 400
    assert desk.post(address, taken).status_code == 302
    assert desk.post(address, taken).status_code == 400
    owed.refresh_from_db()
    assert owed.paid == 684


def test_staff_without_a_part_in_it_see_nothing(application, owed):
    section = Section.objects.create(code="chomin", name="町民税務課")
    Case.objects.filter(pk=application.case_id).update(section=section)
    other = _staff()
    assert other.get(reverse("staff_owed", args=[owed.pk])).status_code == 404
    for name in ("staff_cashier", "staff_journal"):
        assert other.get(reverse(name)).status_code == 403
    assert _staff(Role.DESK).post(reverse("staff_reconcile")).status_code == 403


def test_the_section_sees_what_is_owed_and_takes_no_money(owed):
    clerk, address = _staff(), reverse("staff_owed", args=[owed.pk])
    page = _text(clerk.get(address))
    assert "684円" in page and "を受け取った" not in page
    taken = {"act": "take", "take-provider": "cash", "seen": "684"}
    assert clerk.post(address, taken).status_code == 404
    owed.refresh_from_db()
    assert owed.paid == 0


def test_the_cashier_reduces_with_a_reason_and_gives_back(cashier, owed):
    address = reverse("staff_owed", args=[owed.pk])
    bare = cashier.post(address, {"act": "waive", "waive-amount": 84, "waive-reason": ""})
    assert bare.status_code == 400 and "理由を書いてください" in _text(bare)
    too_much = {"act": "waive", "waive-amount": 999, "waive-reason": "x"}
    assert "684円までです" in _text(cashier.post(address, too_much))
    cashier.post(address, {"act": "waive", "waive-amount": 84, "waive-reason": "条例第7条"})
    cashier.post(address, {"act": "take", "take-provider": "cash", "seen": "600"})
    payment = Payment.objects.get()
    slot = f"refund:{payment.pk}"
    back = {"act": "refund", "payment": str(payment.pk), f"{slot}-reason": "通数ちがい"}
    assert cashier.post(address, back | {f"{slot}-amount": 601}).status_code == 400
    assert cashier.post(address, back | {f"{slot}-amount": 300}).status_code == 302
    owed.refresh_from_db()
    assert (owed.waived, owed.refunded, owed.owed) == (384, 300, 0)
    page = _text(cashier.get(address))
    assert "返しました" in page and "通数ちがい" in page
    receipt = cashier.get(reverse("staff_receipt", args=[payment.pk]))
    assert receipt.content.startswith(b"%PDF-")
    assert AuditEntry.objects.filter(action="payments.waive").exists()


def test_numbers_of_a_slip_keep_their_zeros_and_reach_the_payer(cashier, phone, application, owed):
    address = reverse("staff_owed", args=[owed.pk])
    typed = {
        "act": "slip",
        "slip-agency": "０６３６１",
        "slip-payment_number": "0012-3456-78",
        "slip-confirmation": "001234",
        "slip-payment_class": "0001",
    }
    wrong = cashier.post(address, typed | {"slip-confirmation": "1234"})
    assert (
        wrong.status_code == 400 and "6けたです" in _text(wrong) and "0012-3456-78" in _text(wrong)
    )
    assert cashier.post(address, typed).status_code == 302
    slip = TaxSlip.objects.get()
    kept = (slip.agency, slip.payment_number, slip.confirmation, slip.payment_class)
    assert kept == ("06361", "0012345678", "001234", "0001")
    page = _text(phone.get(reverse("application_pay", args=[application.pk])))
    assert "0012345678" in page and "地方税お支払サイト" in page


def test_the_cashiers_day_shows_sums_balance_and_a_file(cashier, owed):
    empty = _text(cashier.get(reverse("staff_cashier")))
    assert "この日の収納はありません" in empty and owed.label in empty
    take_at_counter(request=owed, provider="terminal", amount=684, slip="7", acting_user="t")
    page = _text(cashier.get(reverse("staff_cashier")))
    assert "カード・電子マネー（窓口の端末）" in page and "1／1件" in page
    assert "帳簿の合計が0ではありません" not in page
    rows = cashier.get(reverse("staff_journal")).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 5 and any("-684" in row for row in rows)
    assert cashier.get(reverse("staff_cashier"), {"day": "nonsense"}).status_code == 200
    found = _text(cashier.get(reverse("staff_cashier"), {"number": "R0-99999"}))
    assert "その番号の支払い待ちはありません" in found


def test_comparing_is_left_to_a_worker_and_not_for_days_to_come(cashier):
    address = reverse("staff_reconcile")
    answer = cashier.post(address, {"day": "2999-01-01"}, follow=True)
    assert "今日までの日" in _text(answer)
    answer = cashier.post(address, {"day": timezone.localdate().isoformat()}, follow=True)
    assert "突き合わせをはじめました" in _text(answer)
