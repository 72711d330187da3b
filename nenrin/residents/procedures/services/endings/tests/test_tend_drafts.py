from datetime import timedelta

import pytest
from django.utils import timezone

from nenrin.core.files.documents.tests.pictures import photo
from nenrin.core.files.models import StoredFile
from nenrin.core.messaging.models import Delivery
from nenrin.residents.procedures.models import Application, ApplicationNotice
from nenrin.residents.procedures.selectors import application_with_code
from nenrin.residents.procedures.services.endings.tend_drafts import (
    erase_old_drafts,
    remind_of_next,
    tell_of_endings,
)

from ....tests.factories import begin, fill, record_answers, resident, sent
from ....tests.stages import begin_next, decide, grant
from ...drafts.tests.test_keep_attachment import _keep


@pytest.fixture
def draft(small_town, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made, _ = begin(person=resident())
    fill(made, record_answers())
    return made


def _aged(draft, **ages):
    """Let days go by."""
    times = {name: timezone.now() - timedelta(days=days) for name, days in ages.items()}
    Application.objects.filter(pk=draft.pk).update(**times)


def _tend():
    return erase_old_drafts(acting_user="n"), tell_of_endings(acting_user="n")


def test_the_owner_is_told_a_week_before_and_then_it_is_erased(draft):
    _keep(draft, "a.jpg", photo())
    _aged(draft, changed_at=52)
    assert _tend() == (0, 0)
    _aged(draft, changed_at=54)
    assert _tend() == (0, 1) and _tend() == (0, 0)
    notice = ApplicationNotice.objects.get(turn="ends")
    assert "住民票の写しの請求" in notice.title and Delivery.objects.filter(message=notice.message)
    _aged(draft, changed_at=62, warned_at=6)
    assert _tend() == (0, 0)
    _aged(draft, changed_at=62, warned_at=8)
    assert _tend() == (1, 0)
    assert not Application.objects.exists() and StoredFile.objects.get().erased_at


def test_who_goes_on_keeps_the_draft_and_is_told_again_later(draft):
    _aged(draft, changed_at=54, warned_at=8)
    _aged(draft, changed_at=3)
    assert _tend() == (0, 0)
    _aged(draft, changed_at=70, warned_at=100)
    assert _tend() == (0, 1) and Application.objects.exists()


def test_nothing_is_erased_that_was_not_told_of_or_was_sent(draft):
    _aged(draft, changed_at=400)
    other = sent(resident())
    _aged(other, changed_at=400, warned_at=300)
    assert _tend() == (0, 1)
    assert Application.objects.count() == 2


def test_a_draft_without_an_account_comes_back_by_its_code_until_then(small_town):
    made, code = begin(mouth="paper")
    _aged(made, changed_at=59, warned_at=6)
    _tend()
    assert application_with_code(code, "") == made
    _aged(made, changed_at=61, warned_at=8)
    _tend()
    assert application_with_code(code, "") is None


def test_the_next_paper_of_a_case_is_reminded_of_once_and_its_draft_stays(draft):
    first = grant(resident())
    decide(first)
    begun = begin_next(first)
    _aged(begun, changed_at=100, warned_at=90)
    assert erase_old_drafts(acting_user="n") == 0
    assert remind_of_next(acting_user="n") == 0
    case = first.case
    case.due = timezone.localdate() + timedelta(days=5)
    case.save(update_fields=["due"])
    assert remind_of_next(acting_user="n") == 1 and remind_of_next(acting_user="n") == 0
    assert "実績報告" in ApplicationNotice.objects.get(turn="remind").title
