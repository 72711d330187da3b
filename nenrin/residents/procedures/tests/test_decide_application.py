import pypdfium2
import pytest
from django.test import RequestFactory

from nenrin.core.files.services.store_file import open_file
from nenrin.engines.casework.models import CaseState, Decision
from nenrin.engines.casework.moves import CaseRefused
from nenrin.engines.casework.services.tick_check import tick_check
from nenrin.residents.procedures.applicant.access import may_read_file
from nenrin.residents.procedures.models import ApplicationNotice
from nenrin.residents.procedures.services.decide_application import Verdict, decide_application

from .factories import resident, sent

GOOD = Verdict("approved", "請求のとおり交付する。", "住民基本台帳法 第12条")


@pytest.fixture
def application(small_town, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return sent(resident())


def _check_all(application):
    for item in application.case.checks.all():
        tick_check(case=application.case, key=item.key, is_done=True, acting_user="t")


def _decide(application, verdict=GOOD):
    return decide_application(application=application, verdict=verdict, acting_user="desk")


def test_the_notice_is_a_pdf_that_says_what_was_decided(application):
    _check_all(application)
    decision = _decide(application)
    content = open_file(decision.document).read()
    page = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_bounded()
    assert "金山 花子" in page and "請求のとおり交付する" in page and "審査請求" not in page
    assert b"pdfaid" in content
    application.case.refresh_from_db()
    assert application.case.state == CaseState.DECIDED
    assert ApplicationNotice.objects.filter(turn="approved", message__isnull=False).exists()


def test_a_refusal_tells_the_way_to_appeal(application):
    _check_all(application)
    decision = _decide(application, Verdict("refused", "交付できない。", "資格がない"))
    text = pypdfium2.PdfDocument(open_file(decision.document).read())[0].get_textpage()
    assert "審査請求" in text.get_text_bounded()


def test_a_case_is_decided_once_and_only_when_checked(application):
    with pytest.raises(CaseRefused):
        _decide(application)
    assert not Decision.objects.exists()
    _check_all(application)
    _decide(application)
    with pytest.raises(CaseRefused):
        _decide(application)


def test_only_the_applicant_reads_the_notice(application):
    _check_all(application)
    document = _decide(application).document
    for user, may in ((application.user, True), (_stranger(), False)):
        request = RequestFactory().get("/")
        request.user, request.session = user, {}
        assert may_read_file(request, document) is may


def _stranger():
    person = resident()
    other = person.__class__.objects.exclude(pk=person.pk).filter(household__isnull=False)[0]
    other.user = person.user.__class__.objects.create_user("x@example.invalid", name="ほか")
    other.save(update_fields=["user"])
    return other.user
