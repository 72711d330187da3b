"""What a telegram's rule sent can be followed by the town's own words."""

import pytest

from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.residents.orders.refusals import DraftRefused
from nenrin.residents.orders.services.start_draft import follow_event
from nenrin.residents.orders.services.take_over_message import take_over_message

from .desk import make_staff, release_with_consent


@pytest.fixture
def author(small_town):
    return make_staff("kaku")


@pytest.fixture
def sent(author):
    message = make_message(severity=3, title="大雨警報が出ました")
    release_message(message=message, acting_user="system")
    return message


def test_a_cancellation_follows_what_was_sent(sent, author):
    event = take_over_message(message=sent, hazard="flood", acting_user=author)
    assert take_over_message(message=sent, hazard="flood", acting_user=author) == event
    cancel = follow_event(event=event, kind="cancel", acting_user=author)
    release_with_consent(cancel, author, make_staff("yomu"))
    cancel.refresh_from_db()
    assert cancel.message.supersedes == sent and cancel.message.ends_earlier
    sent.refresh_from_db()
    assert sent.title == "大雨警報が出ました"


def test_an_update_begins_with_the_words_that_are_out(sent, author):
    event = take_over_message(message=sent, hazard="flood", acting_user=author)
    update = follow_event(event=event, kind="update", acting_user=author)
    assert (update.title, update.severity) == (sent.title, 3)


def test_what_is_not_out_or_was_followed_is_refused(sent, author):
    with pytest.raises(DraftRefused, match="まだ出ていません"):
        take_over_message(message=make_message(), hazard="flood", acting_user=author)
    release_message(message=make_message(supersedes=sent), acting_user="system")
    with pytest.raises(DraftRefused, match="続き"):
        take_over_message(message=sent, hazard="flood", acting_user=author)
