"""Give someone a one-time way in."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act

from ..models import Invitation, Person

VALID_DAYS = 7
MOST_OPEN = 5


class InvitationRefused(Exception):
    """The invitation cannot be made or used; the text says what to do, in Japanese."""


def code_hash(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


@transaction.atomic
def issue_invitation(
    *, person: Person, kind: Invitation.Kind, email: str, acting_user: str
) -> tuple[Invitation, str]:
    """Make an invitation, for a mail or (``email`` empty) for paper; returns it with its code.

    The code is kept nowhere else. Raises InvitationRefused for someone who has left or signs in
    already, or when too many are open.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    _check(person, kind)
    now = timezone.now()
    code = secrets.token_urlsafe(24)
    made = Invitation.objects.create(
        kind=kind,
        person=person,
        email=email.strip().lower(),
        code_hash=code_hash(code),
        made_by=acting_user,
        made_at=now,
        expires_at=now + timedelta(days=VALID_DAYS),
    )
    record_act(
        actor=acting_user,
        action="people.invite",
        subject=f"person:{person.pk}",
        detail={"invitation": made.pk, "kind": kind, "by_mail": bool(made.email)},
    )
    return made, code


def _check(person: Person, kind: Invitation.Kind) -> None:
    if person.left_on:
        raise InvitationRefused("このかたは転出しています。住民の情報を確かめてください。")
    waiting = Invitation.objects.filter(
        person=person, kind=kind, closed_at=None, expires_at__gt=timezone.now()
    )
    if kind == Invitation.Kind.SIGN_IN:
        if person.user_id:
            raise InvitationRefused("このかたはもうサインインできます。")
    elif waiting.count() >= MOST_OPEN:
        raise InvitationRefused(
            "返事を待っている招待が多すぎます。取り消すか、返事を待ってください。"
        )
