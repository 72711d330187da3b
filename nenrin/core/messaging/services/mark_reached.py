"""Take a household by hand: someone telephoned or went there, and says what they found."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.events.bus import announce
from nenrin.core.people.models import Household, Visitor

from ..events import HelpRequested
from ..models import AudienceHousehold, HouseholdMark, Message, SafetyAnswer, Visit

Result = HouseholdMark.Result
MET = (Result.SAFE, Result.HELP)
SAME_PRESS = timedelta(minutes=1)
NOTE_LENGTH = 400


class MarkRefused(Exception):
    """The mark cannot be kept; the text says what to do, in Japanese."""


@dataclass(frozen=True)
class Found:
    """What someone found at a household, and how; ``visitor`` where it was one."""

    way: str
    result: str
    note: str = ""
    visitor: Visitor | None = None


@transaction.atomic
def mark_household(
    *, message: Message, household: Household, found: Found, acting_user: str
) -> HouseholdMark:
    """Add a mark; whoever was met counts as reached, and 助けが必要 is announced.

    The same mark by the same person within a minute is one press that came twice. Raises
    MarkRefused.
    """
    _check(found)
    _lock(message, household)
    if again := _same_press(message, household, found, acting_user):
        return again
    mark = HouseholdMark.objects.create(
        message=message,
        household=household,
        visitor=found.visitor,
        way=found.way,
        result=found.result,
        note=found.note.strip(),
        answer=_answer(message, household, found),
        made_by=acting_user,
        made_at=timezone.now(),
    )
    _settle_visit(message, household)
    if mark.result == Result.HELP:
        announce(HelpRequested(message=str(message.pk), household=household.pk))
    _record("messaging.mark_household", mark, acting_user)
    return mark


@transaction.atomic
def take_back_mark(*, mark: HouseholdMark, reason: str, acting_user: str) -> HouseholdMark:
    """Undo a mark by a new one that gives the reason; the first stays readable.

    The answer that it gave for the household goes with it, so that counts are true again. Raises
    MarkRefused.
    """
    if not reason.strip():
        raise MarkRefused("取り消す理由を書いてください。")
    if len(reason.strip()) > NOTE_LENGTH:
        raise MarkRefused(f"理由は{NOTE_LENGTH}文字までで書いてください。")
    _lock(mark.message, mark.household)
    if mark.result == Result.BACK or HouseholdMark.objects.filter(takes_back=mark).exists():
        raise MarkRefused("この記録はもう取り消されています。")
    back = HouseholdMark.objects.create(
        message=mark.message,
        household=mark.household,
        visitor=mark.visitor,
        way=mark.way,
        result=Result.BACK,
        note=reason.strip(),
        takes_back=mark,
        made_by=acting_user,
        made_at=timezone.now(),
    )
    SafetyAnswer.objects.filter(pk=mark.answer_id or 0).delete()
    _settle_visit(mark.message, mark.household)
    _record("messaging.take_back_mark", back, acting_user)
    return back


def _check(found: Found) -> None:
    if found.way not in HouseholdMark.Way.values:
        raise MarkRefused("どうやって確かめたかを選んでください。")
    if found.result not in (*MET, Result.ABSENT):
        raise MarkRefused("結果を選んでください（無事・助けが必要・会えなかった）。")
    if len(found.note.strip()) > NOTE_LENGTH:
        raise MarkRefused(f"メモは{NOTE_LENGTH}文字までで書いてください。")
    if found.way == HouseholdMark.Way.OTHER and not found.note.strip():
        raise MarkRefused("どうやって確かめたかをメモに書いてください。")


def _lock(message: Message, household: Household) -> None:
    meant = AudienceHousehold.objects.select_for_update(no_key=True).filter(
        message=message, household=household
    )
    if not meant.exists():
        raise MarkRefused("この知らせの送り先ではない世帯です。")


def _same_press(
    message: Message, household: Household, found: Found, acting_user: str
) -> HouseholdMark | None:
    last = HouseholdMark.objects.filter(message=message, household=household).last()
    if last is None or last.made_at < timezone.now() - SAME_PRESS:
        return None
    same = (last.way, last.result, last.note, last.made_by)
    return last if same == (found.way, found.result, found.note.strip(), acting_user) else None


def _answer(message: Message, household: Household, found: Found) -> SafetyAnswer | None:
    wanted = found.result == Result.HELP or (found.result == Result.SAFE and message.asks_safety)
    if not wanted:
        return None
    return SafetyAnswer.objects.create(
        message=message,
        household=household,
        answer=found.result,
        words=found.note.strip(),
        answered_at=timezone.now(),
    )


def _settle_visit(message: Message, household: Household) -> None:
    """Bring the visit in line with the newest mark that stands."""
    standing = (
        HouseholdMark.objects.filter(message=message, household=household, taken_back_by=None)
        .exclude(result=Result.BACK)
        .last()
    )
    visits = Visit.objects.filter(message=message, household=household)
    if standing and standing.result in MET:
        values = {"reached_at": standing.made_at, "note": standing.note}
        planned = {"planned_at": standing.made_at, "visitor": standing.visitor}
        Visit.objects.update_or_create(
            message=message, household=household, defaults=values, create_defaults=values | planned
        )
    elif standing or not visits.filter(visitor=None).exists():
        visits.update(reached_at=None, note=standing.note if standing else "")
    else:
        _hand_back(message, household)


def _hand_back(message: Message, household: Household) -> None:
    """A visit that only a mark had made: the district's visitor goes, once visits have begun."""
    begun = Visit.objects.filter(message=message).exclude(visitor=None).exists()
    visits = Visit.objects.filter(message=message, household=household)
    if not begun:
        visits.delete()
        return
    visitor = Visitor.objects.filter(district=household.district_id).order_by("pk").first()
    visits.update(reached_at=None, note="", visitor=visitor)


def _record(action: str, mark: HouseholdMark, acting_user: str) -> None:
    record_act(
        actor=acting_user,
        action=action,
        subject=f"message:{mark.message_id}",
        detail={
            "household": mark.household_id,
            "mark": mark.pk,
            "way": mark.way,
            "result": mark.result,
        },
    )
