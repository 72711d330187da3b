from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

import nenrin.core.printing.tests as printing_samples
from nenrin.core.events.models import OutboxEvent
from nenrin.core.files.access import readable_file
from nenrin.core.files.errors import FileRefused
from nenrin.core.files.models import StoredFile
from nenrin.core.files.tests.samples import PDF, PNG
from nenrin.core.messaging.models import Delivery, Message
from nenrin.core.messaging.services.report_receipt import report_receipt
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.printing.compiler import compile_pdf
from nenrin.residents.notices.models import Document, Notice
from nenrin.residents.notices.selectors import circular_progress, published_notices
from nenrin.residents.notices.services.draw_document import draw_document
from nenrin.residents.notices.services.publish_notice import (
    NoticeRefused,
    NoticeText,
    Upload,
    publish_notice,
)

SAMPLE = Path(printing_samples.__file__).with_name("sample.typ")


def _publish(*uploads, **fields):
    text = {"kind": "magazine", "topic": "snow", "title": "広報かねやま", "body": "除雪のお願い"}
    return publish_notice(text=NoticeText(**text | fields), uploads=uploads, acting_user="tester")


@pytest.fixture(scope="module")
def pdf():
    return compile_pdf(SAMPLE, {"title": "広報", "body": "除雪のお願い"})


def test_a_notice_goes_to_every_household_and_can_be_read_by_all(small_town):
    notice, households = _publish()
    assert households == 60
    assert list(published_notices(None)) == [notice]
    assert list(published_notices(None, topic="child")) == []
    assert OutboxEvent.objects.filter(name="MessageReleased").count() == 1


def test_a_document_becomes_pages_with_text(small_town, pdf):
    _publish(Upload("広報11月号.pdf", pdf))
    document = Document.objects.get()
    draw_document(document=document)
    draw_document(document=document)
    document.refresh_from_db()
    page = document.pages.get(number=1)
    assert (document.title, document.state) == ("広報11月号", Document.State.READY)
    assert "広報" in page.text
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert readable_file(request, page.picture_id) == page.picture


def test_a_file_of_a_draft_is_nobodys(small_town, pdf):
    notice, _ = _publish(Upload("a.pdf", pdf))
    Message.objects.filter(pk=notice.message_id).update(released_at=None)
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert readable_file(request, Document.objects.get().file_id) is None


def test_a_pdf_that_cannot_be_drawn_stays_a_download(small_town):
    _publish(Upload("broken.pdf", PDF))
    draw_document(document=Document.objects.get())
    assert Document.objects.get().state == Document.State.FAILED


@pytest.mark.parametrize(
    ("uploads", "fields", "refusal"),
    [
        ([Upload("a.pdf", PNG)], {}, FileRefused),
        ([], {"topic": "nonsense"}, NoticeRefused),
        ([], {"kind": "nonsense"}, NoticeRefused),
    ],
)
def test_what_cannot_go_out_leaves_nothing_behind(small_town, uploads, fields, refusal):
    with pytest.raises(refusal):
        _publish(*uploads, **fields)
    assert not Message.objects.exists()
    assert not Notice.objects.exists() and not StoredFile.objects.exists()


def test_a_circular_passes_through_its_neighbourhoods(small_town):
    notice, _ = _publish(kind="circular")
    before = circular_progress(notice)
    assert sum(each.households for each in before) == 60
    assert sum(each.seen for each in before) == 0
    delivery = Delivery.objects.filter(message=notice.message, household__isnull=False).first()
    report_receipt(delivery_id=delivery.pk, state=DeliveryState.CONFIRMED)
    assert sum(each.seen for each in circular_progress(notice)) == 1
