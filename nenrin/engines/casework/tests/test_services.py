from datetime import date

import pytest
from django.db import DatabaseError, transaction

from nenrin.core.audit.models import AuditEntry
from nenrin.core.organization.models import Section
from nenrin.engines.casework.models import Case, CaseEvent, CaseState, Decision
from nenrin.engines.casework.moves import CaseRefused
from nenrin.engines.casework.selectors import queue_row, timeline_for_applicant
from nenrin.engines.casework.services.ask_back import ask_back, take_mended
from nenrin.engines.casework.services.assign_case import assign_case
from nenrin.engines.casework.services.decide_case import decide_case
from nenrin.engines.casework.services.open_case import Opening, open_case
from nenrin.engines.casework.services.start_review import start_review
from nenrin.engines.casework.services.tick_check import tick_check
from nenrin.engines.casework.services.withdraw_case import withdraw_case
from nenrin.engines.casework.services.write_words import write_words


@pytest.fixture
def case(town):
    opening = Opening("dog", "犬の登録", working_days=3, checks=[("seen", "注射済証を見た")])
    return open_case(opening=opening, acting_user="t")


def _decide(case, **fields):
    given = {"outcome": "approved", "words": "登録する。", "grounds": "狂犬病予防法4条"}
    return decide_case(case=case, draw=lambda case: None, acting_user="t", **given | fields)


def test_numbers_follow_one_another(case):
    second = open_case(opening=Opening("dog", "犬の登録"), acting_user="t")
    assert second.serial == case.serial + 1 and second.number.endswith("00002")
    assert second.deadline is None


def test_the_way_from_received_to_decided(case):
    start_review(case=case, acting_user="t")
    ask_back(
        case=case, words="写真がぼけています。", details={"fields": ["proof"]}, acting_user="t"
    )
    take_mended(case=case, details={}, acting_user="user:1")
    tick_check(case=case, key="seen", is_done=True, acting_user="t")
    _decide(case)
    case.refresh_from_db()
    assert case.state == CaseState.DECIDED and case.closed_at
    told = [event.kind for event in timeline_for_applicant(case)]
    assert told == ["received", "reviewed", "asked", "mended", "decided"]


def test_nothing_is_decided_before_everything_is_checked(case):
    with pytest.raises(CaseRefused, match="注射済証"):
        _decide(case)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("fields", [{"outcome": "x"}, {"grounds": " "}, {"words": ""}])
def test_a_decision_without_grounds_is_refused(case, fields):
    tick_check(case=case, key="seen", is_done=True, acting_user="t")
    with pytest.raises(CaseRefused):
        _decide(case, **fields)


def test_a_case_that_is_over_does_not_move(case):
    withdraw_case(case=case, words="", acting_user="user:1")
    for step in (
        lambda: start_review(case=case, acting_user="t"),
        lambda: withdraw_case(case=case, words="", acting_user="t"),
        lambda: ask_back(case=case, words="x", details={}, acting_user="t"),
        lambda: take_mended(case=case, details={}, acting_user="t"),
        lambda: assign_case(case=case, section=None, assignee=None, acting_user="t"),
        lambda: _decide(case),
    ):
        with pytest.raises(CaseRefused):
            step()


def test_the_clock_stands_still_while_something_is_mended(case, monkeypatch):
    days = iter([date(2026, 11, 26), date(2026, 12, 1)])
    with monkeypatch.context() as patch:
        patch.setattr("django.utils.timezone.localdate", lambda: next(days))
        _ask_and_mend(case)
    case.refresh_from_db()
    assert case.deadline == date(2026, 12, 3)
    row = queue_row(case, date(2026, 12, 4))
    assert row.days_left == -1 and row.is_late


def test_a_case_that_is_over_is_not_late_and_grows_no_older(case):
    Case.objects.filter(pk=case.pk).update(deadline=date(2026, 11, 30))
    over = withdraw_case(case=case, words="", acting_user="t")
    row = queue_row(over, date(2030, 12, 4))
    assert (row.is_late, row.age) == (False, 0)


def _ask_and_mend(case):
    Case.objects.filter(pk=case.pk).update(deadline=date(2026, 11, 30))
    ask_back(case=case, words="直してください", details={}, acting_user="t")
    take_mended(case=case, details={}, acting_user="t")


def test_a_section_is_noted_once(case):
    section = Section.objects.create(code="s", name="町民課")
    for _ in range(2):
        assign_case(case=case, section=section, assignee=None, acting_user="t")
    assert case.events.filter(kind=CaseEvent.Kind.ASSIGNED).count() == 1


def test_notes_are_not_for_the_applicant_and_words_not_for_the_trail(case):
    write_words(case=case, kind=CaseEvent.Kind.NOTE, words="電話した", acting_user="t")
    write_words(case=case, kind=CaseEvent.Kind.TO_APPLICANT, words="届きました", acting_user="t")
    assert [e.kind for e in timeline_for_applicant(case)] == ["received", "to_applicant"]
    assert "電話した" not in str(list(AuditEntry.objects.values()))
    with pytest.raises(CaseRefused):
        write_words(case=case, kind=CaseEvent.Kind.NOTE, words=" ", acting_user="t")


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_the_timeline(case, act):
    with pytest.raises(DatabaseError), transaction.atomic():
        if act == "update":
            CaseEvent.objects.update(words="x")
        else:
            CaseEvent.objects.all()._raw_delete("default")
