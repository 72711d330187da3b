import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from nenrin.core.messaging.models import Message
from nenrin.core.messaging.states import Severity
from nenrin.residents.alerts.models import AlertRule, HazardState, TelegramReading
from nenrin.residents.alerts.services.ingest_telegram import store_telegram
from nenrin.residents.alerts.services.read_telegram import read_telegram
from nenrin.residents.alerts.services.run_drill import start_drill

FIXTURES = Path(__file__).resolve().parent.parent / "telegrams" / "tests" / "fixtures"
REPORTED = re.compile(rb"(<ReportDateTime>)[^<]+")


def _telegram(name: str, minutes_ago: float = 0) -> bytes:
    moment = timezone.localtime() - timedelta(minutes=minutes_ago)
    written = moment.isoformat(timespec="seconds").encode()
    return REPORTED.sub(rb"\g<1>" + written, (FIXTURES / name).read_bytes())


def _take(name: str, minutes_ago: float = 0, status: str = "通常"):
    data = _telegram(name, minutes_ago)
    data = data.replace(b"<Status>" + "通常".encode(), b"<Status>" + status.encode(), 1)
    taken = store_telegram(data=data, received_at=timezone.now())
    return read_telegram(row=taken.row, parsed=taken.parsed)


def _outcome():
    return TelegramReading.objects.order_by("-id").first().outcome


def test_a_warning_is_sent_at_once_with_what_to_do_first(small_town):
    [message] = _take("vpww55_level4.xml")
    assert message.title == "金山町 レベル4大雨危険警報"
    assert message.body.startswith("危険な場所にいる方は、今すぐ")
    assert message.severity == Severity.LEVEL_4 and message.asks_safety
    assert message.easy_body and message.reading and not message.is_drill


def test_the_same_telegram_twice_is_one_message(small_town):
    data = _telegram("vpww55_level4.xml")
    for _ in range(2):
        taken = store_telegram(data=data, received_at=timezone.now())
        read_telegram(row=taken.row, parsed=taken.parsed)
    assert Message.objects.count() == 1


def test_rise_fall_and_end_follow_each_other(small_town):
    titles = [
        message.title
        for name, minutes in (
            ("vpww55_level3.xml", 40),
            ("vpww55_level4.xml", 30),
            ("vpww55_lowered.xml", 20),
            ("vpww55_lifted.xml", 10),
        )
        for message in _take(name, minutes)
    ]
    assert titles == [
        "金山町 レベル3大雨警報",
        "金山町 レベル4大雨危険警報",
        "金山町のレベル4大雨危険警報はレベル3大雨警報に変わりました",
        "金山町のレベル3大雨警報は解除されました",
    ]
    assert not HazardState.objects.filter(strength__gt=0).exists()
    chain = Message.objects.order_by("created_at")
    assert [m.supersedes_id for m in chain][1:] == [m.pk for m in chain][:-1]
    assert [m.ends_earlier for m in chain] == [False, False, False, True]


def test_one_hazards_telegram_does_not_lift_anothers(small_town):
    _take("vpww55_level3.xml", 10)
    _take("vpww60_snow.xml", 5)
    in_force = HazardState.objects.filter(strength__gt=0).values_list("hazard", flat=True)
    assert set(in_force) == {"rain", "snow"}


@pytest.mark.parametrize(
    ("name", "minutes", "status", "outcome"),
    [
        ("vpww53_transitional.xml", 0, "通常", "経過措置"),
        ("vpww55_level4.xml", 0, "訓練", "訓練の電文"),
        ("vpww55_level4.xml", 0, "試験", "試験の電文"),
        ("vpww55_level4.xml", 120, "通常", "古い電文"),
    ],
)
def test_what_must_not_be_sent_is_recorded(small_town, name, minutes, status, outcome):
    assert _take(name, minutes, status) == []
    assert outcome in _outcome()
    assert not Message.objects.exists()


def test_an_older_telegram_that_comes_late_changes_nothing(small_town):
    _take("vpww55_level4.xml", 5)
    assert _take("vpww55_level3.xml", 30) == []
    assert "新しい電文" in _outcome()
    assert HazardState.objects.get().strength == 3


def test_an_earthquake_is_told_once_and_again_only_when_stronger(small_town):
    [flash] = _take("vxse51_area_5minus.xml", 5)
    assert "震度5弱" in flash.title and flash.asks_safety
    assert _take("vxse53_city_5minus.xml", 3) == []
    [stronger] = _take("vxse53_city_5plus.xml", 2)
    assert "震度5強" in stronger.title and stronger.supersedes_id == flash.pk
    [cancelled] = _take("vxse51_cancelled.xml", 1)
    assert "取り消されました" in cancelled.title


def test_a_rule_may_leave_the_decision_to_staff(small_town):
    AlertRule.objects.filter(hazard="rain").update(action=AlertRule.Action.DRAFT)
    assert _take("vpww55_level4.xml") == []
    assert Message.objects.get().released_at is None


def test_a_drill_is_marked_and_leaves_the_real_state_alone(small_town):
    _take("vpww55_level3.xml", 5)
    drill = start_drill(data=_telegram("vpww55_level4.xml", 600), acting_user="tester")
    assert [message.is_drill for message in drill.messages] == [True]
    real = HazardState.objects.get(drill=None)
    assert real.strength == 2
    assert HazardState.objects.get(drill=drill.drill).strength == 3
