"""What a resident's own pages show, across the modules that hold it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db.models import Q
from django.utils import timezone

from nenrin.core.accounts.rules import device_words
from nenrin.core.messaging.models import AudienceHousehold, Endpoint, Message, SafetyAnswer
from nenrin.core.messaging.transports.contract import transports
from nenrin.core.people.models import Person
from nenrin.core.people.selectors import watched_by

ASKED_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Device:
    """An address of the river as its owner sees it."""

    endpoint: Endpoint
    label: str
    where: str
    is_shared: bool

    @property
    def is_paused(self) -> bool:
        """Nothing is sent to it, because its owner took the consent back."""
        return self.endpoint.consented_at is None


def devices_of(person: Person) -> list[Device]:
    """The person's own addresses, and the household's tablet."""
    found = Endpoint.objects.filter(
        Q(person=person) | Q(person=None, household=person.household_id), retired_at=None
    ).order_by("kind", "pk")
    return [describe_device(endpoint) for endpoint in found]


def describe_device(endpoint: Endpoint) -> Device:
    """An endpoint in words; a mail address or number is shown only in part."""
    label = transports.get(endpoint.kind).label if endpoint.kind in transports else endpoint.kind
    shown = masked(endpoint.address) if endpoint.kind in ("email", "sms", "voice") else ""
    return Device(endpoint, label, shown, endpoint.person_id is None)


def masked(address: str) -> str:
    """Enough of an address to recognise one's own."""
    local, at, domain = address.partition("@")
    if at:
        return f"{local[:2]}…@{domain}"
    return f"…{address[-4:]}"


def verified_mail(user_id: int, known: Sequence[str] = ()) -> str:
    """The proven address of a sign-in; empty where there is none, or it is among ``known``."""
    found = EmailAddress.objects.filter(user=user_id, verified=True, primary=True).first()
    return found.email if found and found.email not in known else ""


@dataclass(frozen=True)
class SignedIn:
    """A device on which someone is signed in."""

    session: UserSession
    words: str
    is_here: bool


def signed_in_devices(user_id: int, session_key: str | None = None) -> list[SignedIn]:
    """Sessions that still stand, newest first; ``session_key`` is the one asking."""
    standing = [
        session
        for session in UserSession.objects.filter(user=user_id).order_by("-created_at")
        if session.exists()
    ]
    return [
        SignedIn(session, device_words(session.user_agent), session.session_key == session_key)
        for session in standing
    ]


@dataclass(frozen=True)
class FamilyAnswer:
    """Whether someone watched over has answered the newest safety question."""

    person: Person
    is_shared: bool
    message: Message | None = None
    answer: SafetyAnswer | None = None


def family_answers(watcher: Person) -> list[FamilyAnswer]:
    """For each watched person who agrees: the newest question of the last week and the answer.

    The answer is the person's own or the household's as a whole; the words written with it are
    for the town hall and not shown.
    """
    return [
        _answer_of(watched.person) if watched.is_shared else FamilyAnswer(watched.person, False)
        for watched in watched_by(watcher)
    ]


def _answer_of(person: Person) -> FamilyAnswer:
    asked = AudienceHousehold.objects.filter(household=person.household_id).values("message")
    message = (
        Message.objects.filter(
            pk__in=asked, asks_safety=True, released_at__gt=timezone.now() - ASKED_WITHIN
        )
        .order_by("is_drill", "-released_at")
        .first()
    )
    if message is None:
        return FamilyAnswer(person, True)
    answer = (
        SafetyAnswer.objects.filter(Q(person=person) | Q(person=None), message=message)
        .filter(household=person.household_id)
        .order_by("-answered_at", "-pk")
        .first()
    )
    return FamilyAnswer(person, True, message, answer)
