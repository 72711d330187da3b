"""Reading the safety board: calls for help with their people, and how everyone answered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from nenrin.core.messaging.models import HouseholdReach, Message, SafetyAnswer
from nenrin.core.people.composition import age_on, composition
from nenrin.core.people.models import Household, Person

from .models import CaseState, HelpCase

OPEN = (CaseState.NEW, CaseState.GOING)


@dataclass(frozen=True)
class SafetyCounts:
    """Households by what they answered."""

    households: int
    safe: int
    needs_help: int

    @property
    def silent(self) -> int:
        """No answer yet."""
        return self.households - self.safe - self.needs_help


@dataclass(frozen=True)
class Words:
    """What somebody of the household wrote, and when."""

    at: datetime
    answer: str
    words: str
    who: str
    is_safe: bool


@dataclass(frozen=True)
class CaseView:
    """A case with what a responder has to know."""

    case: HelpCase
    household: Household
    head: str
    composition: str
    persons: Sequence[str]
    words: Sequence[Words]

    @property
    def later_safe(self) -> bool:
        """Somebody of the household answered 無事 after the call for help."""
        newest = self.words[0] if self.words else None
        return newest is not None and newest.is_safe and newest.at >= self.case.opened_at

    @property
    def newest_words(self) -> str:
        """The last thing they wrote."""
        return next((entry.words for entry in self.words if entry.words), "")


def safety_counts(message: UUID) -> SafetyCounts:
    """How a message's households answered; the newest answer of a household counts."""
    found = HouseholdReach.objects.filter(message=message).aggregate(
        households=Count("*"),
        safe=Count("household_id", filter=Q(answered=True, needs_help=False)),
        needs_help=Count("household_id", filter=Q(needs_help=True)),
    )
    return SafetyCounts(**found)


def safety_messages(limit: int = 12) -> list[Message]:
    """Released messages that ask for safety, newest first."""
    return list(
        Message.objects.filter(asks_safety=True, released_at__isnull=False).order_by(
            "-released_at"
        )[:limit]
    )


def new_cases() -> int:
    """Calls for help that nobody has taken yet."""
    return HelpCase.objects.filter(state=CaseState.NEW).count()


def cases_of(message: UUID) -> list[CaseView]:
    """A message's cases with people and words; open ones first, the longest waiting on top.

    A household that answered 無事 afterwards still waits for a person's word, but below the others.
    """
    cases = HelpCase.objects.filter(message=message).select_related(
        "household__district", "household__neighbourhood__district", "message"
    )
    order = list(CaseState.values)
    found = _views(list(cases))
    return sorted(
        found,
        key=lambda view: (order.index(view.case.state), view.later_safe, view.case.opened_at),
    )


def case_view(case: HelpCase) -> CaseView:
    """One case with people and words."""
    return _views([case])[0]


def _views(cases: Sequence[HelpCase]) -> list[CaseView]:
    persons = _persons(case.household_id for case in cases)
    words = _words(cases)
    today = timezone.localdate()
    return [
        CaseView(
            case=case,
            household=case.household,
            head=_head(persons[case.household_id]),
            composition=composition([p.birth_date for p in persons[case.household_id]], today),
            persons=[_person_words(p, today) for p in persons[case.household_id]],
            words=words[case.message_id, case.household_id],
        )
        for case in cases
    ]


def _persons(households: Iterable[int]) -> dict[int, list[Person]]:
    found: defaultdict[int, list[Person]] = defaultdict(list)
    rows = Person.objects.filter(household__in=set(households), left_on=None)
    for person in rows.order_by("household_id", "-is_head", "birth_date"):
        if person.household_id:
            found[person.household_id].append(person)
    return found


def _head(persons: Sequence[Person]) -> str:
    return str(persons[0]) if persons else "（登録なし）"


def _person_words(person: Person, today: date) -> str:
    age = f"{age_on(person.birth_date, today)}歳" if person.birth_date else "年齢不明"
    return f"{person}（{age}）"


def _words(cases: Sequence[HelpCase]) -> dict[tuple[UUID, int], list[Words]]:
    found: defaultdict[tuple[UUID, int], list[Words]] = defaultdict(list)
    answers = SafetyAnswer.objects.filter(
        message__in={case.message_id for case in cases},
        household__in={case.household_id for case in cases},
    ).select_related("person")
    for row in answers.order_by("-answered_at", "-id"):
        entry = Words(
            at=row.answered_at,
            answer=row.get_answer_display(),
            words=row.words,
            who=str(row.person or ""),
            is_safe=row.answer == SafetyAnswer.Answer.SAFE,
        )
        found[row.message_id, row.household_id].append(entry)
    return found
