"""A town with something of everything that the API tells."""

import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone

import nenrin.residents.alerts.telegrams as telegrams
from nenrin.core.areas.models import Shelter
from nenrin.core.messaging.models import Endpoint
from nenrin.core.messaging.services.endpoints.send_test import send_test
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.residents.alerts.services.ingest_telegram import store_telegram
from nenrin.residents.alerts.services.read_telegram import read_telegram
from nenrin.residents.notices.services.publish_notice import NoticeText, publish_notice
from nenrin.residents.orders.tests.desk import give_order, lived_in, make_staff
from nenrin.residents.shelters.services.count_people import count_people
from nenrin.residents.shelters.services.describe_shelter import describe_shelter
from nenrin.residents.shelters.services.open_shelter import open_shelter
from nenrin.townhall.plan.services.set_up_plan import set_up_plan

WARNING = Path(telegrams.__file__).parent / "tests" / "fixtures" / "vpww55_level4.xml"
REPORTED = re.compile(rb"(<ReportDateTime>)[^<]+")


@pytest.fixture
def eventful(small_town, settings, tmp_path):
    """The small town on a busy day; the names of what happened in it."""
    settings.NENRIN = settings.NENRIN.model_copy(update={"state_dir": tmp_path})
    set_up_plan()
    _warn()
    author, second = make_staff("author"), make_staff("second")
    return SimpleNamespace(
        town=small_town,
        private=_private(),
        order=give_order(author, second, lived_in()).message,
        drill=_released(title="【訓練】", is_drill=True),
        over=_released(title="終わった知らせ", expires_at=timezone.now() + timedelta(seconds=1)),
        notice=_notice(),
        shelter=_opened(),
    )


def _warn():
    now = timezone.localtime().isoformat(timespec="seconds").encode()
    data = REPORTED.sub(rb"\g<1>" + now, WARNING.read_bytes())
    taken = store_telegram(data=data, received_at=timezone.now())
    read_telegram(row=taken.row, parsed=taken.parsed)


def _released(**fields):
    message = make_message(**fields)
    release_message(message=message, acting_user="t")
    return message


def _private():
    """A word to a single household's device."""
    endpoint = Endpoint.objects.filter(kind="webpush", retired_at=None).first()
    return send_test(endpoint=endpoint, acting_user="t")


def _notice():
    text = NoticeText(kind="magazine", topic="snow", title="除雪のお願い", body="車は家の前に。")
    return publish_notice(text=text, uploads=[], acting_user="t")[0]


def _opened():
    first, second = Shelter.objects.filter(is_living_shelter=True).order_by("name")[:2]
    describe_shelter(shelter=first, capacity=50, equipment=["pets"], acting_user="t")
    opening = open_shelter(shelter=first, is_drill=False, acting_user="t")
    count_people(opening=opening, total=20, acting_user="t")
    open_shelter(shelter=second, is_drill=True, acting_user="t")
    return first
