"""A form's time is booked with it: once, moved when mended, given back when withdrawn."""

from datetime import time
from uuid import uuid4

import pytest

from nenrin.engines.bookings.models import Booking
from nenrin.engines.bookings.rules import Times
from nenrin.engines.bookings.services.set_pattern import set_pattern
from nenrin.engines.forms.definition_file import read_definition
from nenrin.engines.forms.services.publish_version import publish_version

from ..filling.outside import outside_now
from ..locking import ApplicationRefused
from ..models import Application, Identity, Mouth
from ..services.ask_to_mend import ask_to_mend
from ..services.drafts.save_answers import save_answers
from ..services.drafts.start_application import Starter, start_application
from ..services.submit_application import submit_application
from ..services.withdraw_application import withdraw_application
from .factories import publish, record_answers

FORM = """
slug: come
title: 来庁
sections:
  - name: come
    title: 来る日
    fields:
      - {kind: telephone, name: telephone, label: 電話}
      - {kind: time_slot, name: slot, label: 日時, slots_from: visit_slots}
"""


@pytest.fixture
def version(town):
    """A form that asks for a name and a time, and a desk that is open for one at a time."""
    set_pattern(
        key="visit_slots",
        fields={"name": "来庁", "days": 5},
        times=[Times(day, time(9), time(12), 30) for day in range(5)],
        acting_user="t",
    )
    return publish_version(definition=read_definition(FORM), acting_user="t")


def _apply(version, choice):
    starter = Starter(Mouth.COUNTER, Identity.DESK)
    application, _ = start_application(version=version, starter=starter, acting_user="t")
    _answer(application, choice)
    return application


def _answer(application, choice):
    slot = {"slot": choice.value, "label": choice.label}
    answers = {"telephone": "0233521111", "slot": slot}
    before = Application.objects.get(pk=application.pk).answers
    save_answers(application=application, before=before, answers=answers)


def _send(application):
    return submit_application(application=application, submission=uuid4(), acting_user="t")


def test_a_time_is_booked_once_moved_and_given_back(version):
    first, second = outside_now().choices["visit_slots"][:2]
    one, other = _apply(version, first), _apply(version, first)
    _send(one)
    assert first not in outside_now().choices["visit_slots"]
    with pytest.raises(ApplicationRefused, match="別の時間"):
        _send(other)
    assert Application.objects.get(pk=other.pk).case is None
    ask_to_mend(application=one, fields=["slot"], words="別の日に", acting_user="t")
    _answer(one, second)
    _send(one)
    assert Booking.objects.get().starts_at.isoformat() != first.value
    _send(other)
    assert Booking.objects.count() == 2
    withdraw_application(application=Application.objects.get(pk=one.pk), words="", acting_user="t")
    assert second in outside_now().choices["visit_slots"]


def test_without_a_resource_a_time_stays_a_wish(town):
    assert outside_now().choices["counter_slots"][0].value.endswith("9時")
    assert record_answers()["copies"] == 2 and publish().number == 1
