"""Change which channels a message of one severity uses, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ..models import Ladder, Rung
from ..states import Severity
from ..transports.contract import transports
from .climb_ladder import VISIT

MOST_RUNGS, LONGEST_WAIT = 6, 24 * 3600


class LadderRefused(Exception):
    """The ladder cannot be kept like this; the text says what to do, in Japanese."""


@dataclass(frozen=True, slots=True)
class Step:
    """A rung as staff write it: the wait counts from the release."""

    wait_seconds: int
    kinds: tuple[str, ...]


@transaction.atomic
def edit_ladder(*, severity: Severity, steps: Sequence[Step], acting_user: str) -> None:
    """Replace a ladder's rungs. Messages that are out follow the new one from their next rung.

    Raises LadderRefused.
    """
    check_steps(severity, steps)
    ladder, _ = Ladder.objects.select_for_update().get_or_create(
        severity=severity, defaults={"name": severity.label}
    )
    before = [[rung.wait_seconds, rung.kinds] for rung in ladder.rungs.all()]
    after = [[step.wait_seconds, list(step.kinds)] for step in steps]
    if before == after:
        return
    ladder.rungs.all().delete()
    Rung.objects.bulk_create(
        Rung(ladder=ladder, position=at, wait_seconds=step.wait_seconds, kinds=list(step.kinds))
        for at, step in enumerate(steps)
    )
    record_act(
        actor=acting_user,
        action="messaging.edit_ladder",
        subject=f"ladder:{severity}",
        detail={"before": before, "after": after},
    )


def check_steps(severity: int, steps: Sequence[Step]) -> None:
    """Raises LadderRefused for steps that would leave people out or cannot be carried out."""
    if not steps:
        raise LadderRefused("1段めの送り方を選んでください。")
    if steps[0].wait_seconds:
        raise LadderRefused("1段めは「すぐに」にしてください。")
    if len(steps) > MOST_RUNGS:
        raise LadderRefused(f"段は {MOST_RUNGS} 段までです。")
    known = {VISIT, *(transport.key for transport in transports)}
    used: set[str] = set()
    for number, step in enumerate(steps, 1):
        _check_step(number, step, known, used)
        used |= set(step.kinds)
    waits = [step.wait_seconds for step in steps]
    if any(later <= earlier for earlier, later in pairwise(waits)):
        raise LadderRefused("あとの段ほど、待つ時間を長くしてください。")
    if severity >= Severity.LEVEL_4 and VISIT not in used:
        raise LadderRefused("いのちに関わる知らせには、訪問の段を入れてください。")


def _check_step(number: int, step: Step, known: set[str], used: set[str]) -> None:
    if not step.kinds:
        raise LadderRefused(f"{number}段めの送り方を選んでください。")
    if step.wait_seconds > LONGEST_WAIT:
        raise LadderRefused(f"{number}段めの待ち時間は24時間までです。")
    if set(step.kinds) - known:
        raise LadderRefused(f"{number}段めに知らない送り方があります。")
    if VISIT in step.kinds and number == 1:
        raise LadderRefused("訪問は2段めからにしてください。")
    if used & set(step.kinds):
        raise LadderRefused(f"{number}段めの送り方は、前の段でもう使っています。")
