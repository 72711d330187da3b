from datetime import timedelta

import pytest
from django.utils import timezone

from nenrin.core.audit.models import AuditEntry
from nenrin.core.messaging.models import Visit, VisitLink
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.services.visits.issue_visit_link import (
    issue_visit_link,
    note_opening,
    revoke_visit_link,
)
from nenrin.core.messaging.services.visits.start_visits import NothingToVisit, start_visits
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.tokens import (
    BadToken,
    delivery_token,
    read_visit_token,
    visit_token,
)
from nenrin.core.people.models import Visitor


@pytest.fixture
def message(small_town):
    made = make_message()
    release_message(message=made, acting_user="tester")
    return made


@pytest.fixture
def visitor(small_town):
    return Visitor.objects.first()


def test_a_link_is_issued_once_and_outlives_the_message_by_a_day(message, visitor):
    link = issue_visit_link(message=message, visitor=visitor, acting_user="tester")
    assert issue_visit_link(message=message, visitor=visitor, acting_user="tester") == link
    assert link.expires_at == message.expires_at + timedelta(hours=24)
    assert AuditEntry.objects.filter(action="messaging.issue_visit_link").count() == 1


@pytest.mark.parametrize("ended", ["revoked", "expired"])
def test_after_its_end_a_new_link_is_issued(message, visitor, ended):
    link = issue_visit_link(message=message, visitor=visitor, acting_user="tester")
    if ended == "revoked":
        revoke_visit_link(link=link, acting_user="tester")
    else:
        VisitLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert issue_visit_link(message=message, visitor=visitor, acting_user="tester") != link


def test_looking_at_the_list_is_in_the_trail_but_not_each_time(message, visitor):
    link = issue_visit_link(message=message, visitor=visitor, acting_user="tester")
    for _ in range(3):
        note_opening(link=link)
    assert AuditEntry.objects.filter(action="messaging.open_visit_link").count() == 1


def test_a_visit_token_opens_nothing_else():
    assert read_visit_token(visit_token("063614", 77)) == ("063614", 77)
    for wrong in (delivery_token("063614", 77), visit_token("063614", 77)[:-1] + "0", "", "a-b-c"):
        with pytest.raises(BadToken):
            read_visit_token(wrong)


def test_visits_begin_early_and_only_once(message):
    planned = start_visits(message=message, acting_user="tester")
    assert planned == Visit.objects.filter(message=message).count() > 0
    with pytest.raises(NothingToVisit, match="新しく訪問する世帯"):
        start_visits(message=message, acting_user="tester")


def test_a_draft_is_not_visited(small_town):
    with pytest.raises(NothingToVisit, match="まだ出していない"):
        start_visits(message=make_message(), acting_user="tester")
