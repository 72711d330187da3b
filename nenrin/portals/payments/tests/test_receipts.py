from io import BytesIO

import pypdfium2
import pytest

from nenrin.engines.payments.models import Payment
from nenrin.engines.payments.selectors import request_for
from nenrin.engines.payments.services.refund_payment import refund_payment
from nenrin.engines.payments.services.take_at_counter import take_at_counter
from nenrin.engines.payments.tests.factories import started, use_test_provider
from nenrin.residents.payments.receipts import NoReceipt, draw_receipt
from nenrin.residents.procedures.fees import subject_of
from nenrin.residents.procedures.tests.factories import sent


@pytest.fixture
def owed(small_town):
    use_test_provider()
    return request_for(subject_of(sent()))


def _words(pdf):
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    assert len(document) == 1
    return "".join(document[0].get_textpage().get_text_bounded().split())


def test_a_receipt_says_who_paid_what_for_and_what_went_back(owed):
    payment = take_at_counter(request=owed, provider="cash", amount=684, slip="", acting_user="t")
    name, pdf = draw_receipt(payment)
    words = _words(pdf)
    for part in ("領収書", "金山花子", "684円", "住民票の写しの請求", "現金", owed.label, "金山町"):
        assert part in words, part
    assert "返金" not in words and name == f"領収書_{owed.label}.pdf"
    refund_payment(payment=payment, amount=84, reason="r", acting_user="t")
    assert "返金" in _words(draw_receipt(Payment.objects.get())[1])


def test_without_money_there_is_no_receipt(owed):
    with pytest.raises(NoReceipt):
        draw_receipt(started(owed))
