"""Cases leave as a file for another system: recorded, and never twice by accident."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from ..models import Case, CaseEvent, HandOff, HandOffLine
from ..moves import write_down

SHOWN = 5


class AlreadyHandedOff(Exception):
    """Some of the cases left before, at the stage they have; the text names them, in Japanese."""

    def __init__(self, lines: Sequence[HandOffLine]) -> None:
        self.cases = frozenset(line.case_id for line in lines)
        named = {line.case_id: _said(line) for line in lines}
        more = f" ほか{len(named) - SHOWN}件" if len(named) > SHOWN else ""
        listed = "、".join(list(named.values())[:SHOWN])
        super().__init__(f"もう渡した案件があります: {listed}{more}")


@transaction.atomic
def hand_off(*, cases: Sequence[Case], form: str, acting_user: str, again: bool = False) -> HandOff:
    """Write it on every case; ``form`` is CSV or JSON.

    Raises AlreadyHandedOff where a case left before at this stage, unless it is meant ``again``.
    """
    list(Case.objects.select_for_update(no_key=True).filter(pk__in=[c.pk for c in cases]))
    before = _before(cases)
    if before and not again:
        raise AlreadyHandedOff(before)
    made = HandOff.objects.create(form=form, made_by=acting_user, made_at=timezone.now())
    HandOffLine.objects.bulk_create(
        HandOffLine(hand_off=made, case=case, stage=case.stage) for case in cases
    )
    for case in cases:
        write_down(case, CaseEvent.Kind.HANDED_OFF, acting_user, words=form, action="hand_off")
    return made


def _before(cases: Sequence[Case]) -> list[HandOffLine]:
    stages = {case.pk: case.stage for case in cases}
    rows = HandOffLine.objects.filter(case__in=stages).select_related("hand_off", "case")
    found = rows.order_by("hand_off__made_at", "pk")
    return [line for line in found if stages[line.case_id] == line.stage]


def _said(line: HandOffLine) -> str:
    day = timezone.localtime(line.hand_off.made_at)
    return f"{line.case.number}（{day:%-m月%-d日}に{line.hand_off.form}で）"
