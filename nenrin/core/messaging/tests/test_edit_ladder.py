import pytest

from nenrin.core.audit.models import AuditEntry
from nenrin.core.messaging.models import Rung
from nenrin.core.messaging.services.edit_ladder import LadderRefused, Step, edit_ladder
from nenrin.core.messaging.services.set_up_river import set_up_river
from nenrin.core.messaging.states import Severity

NOW, LATER, VISIT = Step(0, ("webpush",)), Step(300, ("sms",)), Step(900, ("visit",))


@pytest.fixture
def river(town):
    set_up_river(options={})


def _edit(*steps, severity=Severity.LEVEL_3):
    edit_ladder(severity=severity, steps=steps, acting_user="tester")


def test_a_ladder_is_replaced_and_the_trail_says_how(river):
    _edit(NOW, LATER)
    rungs = Rung.objects.filter(ladder__severity=3).values_list("position", "wait_seconds", "kinds")
    assert list(rungs) == [(0, 0, ["webpush"]), (1, 300, ["sms"])]
    detail = AuditEntry.objects.get(action="messaging.edit_ladder").detail
    assert detail["after"] == [[0, ["webpush"]], [300, ["sms"]]] and detail["before"]


def test_the_same_again_writes_nothing(river):
    _edit(NOW, LATER)
    _edit(NOW, LATER)
    assert AuditEntry.objects.filter(action="messaging.edit_ladder").count() == 1


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ((), "1段めの送り方"),
        ((LATER,), "すぐに"),
        ((NOW, VISIT, LATER), "長く"),
        ((NOW, Step(300, ())), "選んで"),
        ((NOW, Step(300, ("pigeon",))), "知らない"),
        ((Step(0, ("visit",)),), "2段め"),
        ((NOW, Step(300, ("webpush",))), "もう使って"),
        ((NOW, Step(100_000, ("sms",))), "24時間"),
        ((NOW, *(Step(60 * n, ("sms",)) for n in range(1, 7))), "6 段"),
    ],
)
def test_a_ladder_that_cannot_work_is_refused_and_the_old_one_stays(river, steps, reason):
    before = list(Rung.objects.values_list("pk", flat=True))
    with pytest.raises(LadderRefused, match=reason):
        _edit(*steps)
    assert list(Rung.objects.values_list("pk", flat=True)) == before


def test_a_matter_of_life_ends_at_somebodys_door(river):
    with pytest.raises(LadderRefused, match="訪問"):
        _edit(NOW, LATER, severity=Severity.LEVEL_4)
    _edit(NOW, LATER, VISIT, severity=Severity.LEVEL_4)
