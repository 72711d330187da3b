from datetime import timedelta

import pytest
from django.utils import timezone

from nenrin.core.areas.models import District
from nenrin.core.audit.models import AuditEntry
from nenrin.residents.support.models import SupportRequest
from nenrin.residents.support.selectors import open_requests, troubles
from nenrin.residents.support.services.answer_support import (
    SupportRefused,
    VisitReport,
    plan_visit,
    report_visit,
)
from nenrin.residents.support.services.ask_support import Asked, ask_support


@pytest.fixture
def asked(town):
    given = Asked("金山 花子", "0233000000", District.objects.first(), "tablet", "音が出ない")
    return ask_support(asked=given, person=None, acting_user="visitor")


def _visit(asked, result):
    report = VisitReport(minutes=30, trouble="line", result=result)
    return report_visit(request_id=asked.pk, report=report, acting_user="tester")


def _plan(asked, **fields):
    given = {"visit_at": timezone.now() + timedelta(days=1), "visitor": "佐藤"}
    plan_visit(request_id=asked.pk, acting_user="tester", **given | fields)


def test_a_request_is_planned_visited_and_closed(asked):
    _plan(asked)
    assert open_requests().get().state == SupportRequest.State.PLANNED
    _visit(asked, "again")
    assert open_requests().get().state == SupportRequest.State.NEW
    _visit(asked, "solved")
    assert not open_requests().exists()
    with pytest.raises(SupportRefused):
        _visit(asked, "solved")
    counted = troubles()[0]
    assert (counted.label, counted.visits, counted.solved, counted.minutes) == ("LINE", 2, 1, 30)


@pytest.mark.parametrize(
    "fields", [{"visit_at": timezone.now() - timedelta(hours=1)}, {"visitor": " "}]
)
def test_a_plan_that_cannot_be_is_refused(asked, fields):
    with pytest.raises(SupportRefused):
        _plan(asked, **fields)
    assert open_requests().get().state == SupportRequest.State.NEW


def test_the_trail_tells_no_name_and_no_number(asked):
    _plan(asked)
    told = str(list(AuditEntry.objects.values()))
    assert "金山" not in told and "0233000000" not in told
