from datetime import timedelta

import pytest
from django.utils import timezone

from nenrin.core.areas.japan import JST
from nenrin.core.messaging.models import Delivery, Endpoint
from nenrin.core.messaging.services.endpoints.set_preferences import (
    PreferencesRefused,
    set_preferences,
)
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import Severity
from nenrin.core.messaging.tests.drafts import make_message


@pytest.fixture
def device(small_town):
    return Endpoint.objects.filter(kind="webpush", retired_at=None).first()


def _choose(device, quiet=None, muted=()):
    set_preferences(endpoint=device, quiet=quiet, muted_topics=muted, acting_user="tester")


def _due(device, **fields):
    release_message(message=make_message(**fields), acting_user="tester")
    found = Delivery.objects.filter(endpoint=device).order_by("-pk").first()
    return found.due_at if found else None


def _now_hour():
    return timezone.localtime(timezone=JST).hour


@pytest.mark.parametrize("before", [0, 3])
def test_news_waits_for_the_end_of_quiet_hours(device, before):
    hour = _now_hour()
    until = (hour + 2) % 24
    _choose(device, quiet=((hour - before) % 24, until))
    due = _due(device, severity=Severity.NOTICE).astimezone(JST)
    assert (due.hour, due.minute) == (until, 0)
    assert timedelta(0) < due - timezone.now() <= timedelta(hours=2)


def test_outside_quiet_hours_nothing_waits(device):
    hour = _now_hour()
    _choose(device, quiet=((hour + 2) % 24, (hour + 4) % 24))
    assert _due(device, severity=Severity.NOTICE) <= timezone.now()


@pytest.mark.parametrize("severity", [Severity.LEVEL_3, Severity.LEVEL_4, Severity.LEVEL_5])
def test_what_asks_for_action_is_never_quiet_nor_muted(device, severity):
    hour = _now_hour()
    _choose(device, quiet=(hour, (hour + 2) % 24), muted=["snow"])
    assert _due(device, severity=severity, topic="snow") <= timezone.now()


def test_a_muted_topic_does_not_come_and_others_do(device):
    _choose(device, muted=["snow"])
    assert _due(device, severity=Severity.NOTICE, topic="snow") is None
    assert _due(device, severity=Severity.NOTICE, topic="child") is not None
    assert _due(device, severity=Severity.NOTICE) is not None


@pytest.mark.parametrize("quiet", [(5, 5), (24, 3), (-1, 3)])
def test_hours_that_are_none_are_refused(device, quiet):
    with pytest.raises(PreferencesRefused):
        _choose(device, quiet=quiet)
    device.refresh_from_db()
    assert device.quiet_from is None
