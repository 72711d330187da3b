from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from nenrin.engines.casework.models import Case, CaseState, Decision
from nenrin.engines.casework.selectors import queue_row, timeline_for_applicant
from nenrin.engines.forms.models import FormDefinition
from nenrin.engines.forms.simulation.simulate import simulate
from nenrin.residents.procedures.catalog import catalog, stage_forms
from nenrin.residents.procedures.filling.prefill import carried
from nenrin.residents.procedures.guide import open_procedures
from nenrin.residents.procedures.locking import ApplicationRefused
from nenrin.residents.procedures.models import Application, ApplicationNotice
from nenrin.residents.procedures.selectors import stages_sent
from nenrin.residents.procedures.services.ask_to_mend import ask_to_mend
from nenrin.residents.procedures.services.submit_application import submit_application
from nenrin.residents.procedures.services.withdraw_application import withdraw_application

from .factories import publish, resident
from .stages import GRANTS, begin_next, decide, grant, send


@pytest.fixture
def person(small_town, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return resident()


def test_every_stage_named_by_a_shipped_form_is_shipped_and_may_be_published():
    named = {stage.form for made in catalog().values() for stage in made.stages}
    assert named == set(stage_forms()) and not named & set(catalog())
    for made in stage_forms().values():
        tried = simulate(made, today=timezone.localdate())
        assert tried.may_publish, tried.report()
        assert (
            made.is_stage
            and made.decision_words
            and {n.at for n in made.notices} >= {"received", "approved"}
        )


@pytest.mark.parametrize("slug", GRANTS)
def test_a_grant_goes_through_its_stages_as_one_case(person, slug):
    first = grant(person, slug)
    decide(first)
    case = Case.objects.get()
    assert (case.state, case.stage, case.stage_title) == (CaseState.NEXT, 2, "実績報告")
    assert case.due == timezone.localdate() + timedelta(days=240) and case.deadline is None
    report = send(begin_next(first))
    assert report.case == case and report.stage == 2
    case.refresh_from_db()
    assert case.state == CaseState.RECEIVED and case.deadline and case.due is None
    decide(report)
    claim = send(begin_next(first))
    decide(claim)
    case.refresh_from_db()
    assert case.state == CaseState.DECIDED and case.closed_at and case.stage == 3
    assert [one.stage for one in stages_sent(case)] == [1, 2, 3]
    assert [one.stage for one in Decision.objects.filter(case=case)] == [1, 2, 3]
    kinds = [event.kind for event in timeline_for_applicant(case)]
    assert kinds == [
        *("received", "decided", "next", "entered"),
        *("decided", "next", "entered", "decided"),
    ]
    turns = list(ApplicationNotice.objects.values_list("turn", flat=True))
    assert turns == ["received", "next", "received", "next", "received", "approved"]
    words = ApplicationNotice.objects.filter(turn="next").first().body
    assert "実績報告" in words and "までに" in words


def test_a_refusal_ends_it(person):
    first = grant(person)
    decide(first, "refused")
    assert Case.objects.get().state == CaseState.DECIDED
    with pytest.raises(ApplicationRefused):
        begin_next(first)


def test_a_stage_is_begun_once_and_sent_once(person):
    first = grant(person)
    decide(first)
    draft = begin_next(first)
    assert begin_next(first) == draft
    sent = send(draft)
    again = submit_application(application=sent, submission=uuid4(), acting_user="t")
    assert again == first.case and Application.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(version=draft.version, follows=first, stage=2)


def test_a_stage_does_not_overtake_the_desk(person):
    first = grant(person)
    decide(first)
    draft = begin_next(first)
    withdraw_application(application=first, words="やめます", acting_user="t")
    with pytest.raises(ApplicationRefused, match="もう先に"):
        send(draft)


def test_the_desk_asks_for_mending_in_the_stage_it_looks_at(person):
    first = grant(person)
    decide(first)
    report = send(begin_next(first))
    ask_to_mend(application=report, fields=["done"], words="くわしく", acting_user="d")
    report.refresh_from_db()
    assert report.open_fields == ["done"]
    with pytest.raises(ApplicationRefused):
        decide(first)


def test_names_are_carried_on_and_papers_and_signatures_are_not(person):
    first = grant(person)
    known = carried(first, stage_forms()["grant-report"])
    assert "signature" not in known
    assert set(known) <= {"applicant"}


def test_forms_of_later_stages_are_not_begun_by_themselves(person):
    publish("business-grant")
    assert FormDefinition.objects.get(slug="grant-report").is_open is False
    assert [e.definition.slug for e in open_procedures()] == ["business-grant"]


def test_a_form_that_is_missing_is_told_before_the_decision(person):
    first = grant(person)
    FormDefinition.objects.filter(slug="grant-report").update(slug="gone")
    with pytest.raises(ApplicationRefused, match="公開されていません"):
        decide(first)
    assert not Decision.objects.exists()


def test_the_queue_counts_the_applicants_days(person):
    first = grant(person)
    decide(first)
    case = Case.objects.get()
    row = queue_row(case, case.due + timedelta(days=7))
    assert row.is_late and row.days_left < 0
