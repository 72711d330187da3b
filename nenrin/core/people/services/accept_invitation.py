"""Use an invitation: link a sign-in to a resident, or let a family member watch over someone."""

import secrets
from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from nenrin.core.accounts.models import User
from nenrin.core.audit.services.record_act import record_act

from ..models import Invitation, Person, Relation
from .issue_invitation import InvitationRefused, code_hash

MOST_FAILURES = 5


class NoSuchInvitation(InvitationRefused):
    """The code was never given out here, or was cut off on its way."""


class SignInFirst(InvitationRefused):
    """The address has a sign-in already; a link alone must not open it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What the holder of a code says: the birth date for a sign-in, a name for watching over."""

    birth_date: date | None = None
    family_name: str = ""
    given_name: str = ""


def find_invitation(code: str) -> Invitation:
    """The invitation of a code.

    Raises NoSuchInvitation, or InvitationRefused for one used or old.
    """
    found = Invitation.objects.select_related("person").filter(code_hash=code_hash(code)).first()
    if found is None:
        raise NoSuchInvitation(
            "このリンクは使えません。メールのリンクを全部うつしたか確かめてください。"
        )
    if found.closed_at or found.failures >= MOST_FAILURES:
        raise InvitationRefused("この招待は使えません。もう使われたか、取り消されています。")
    if found.expires_at <= timezone.now() or found.person.left_on:
        raise InvitationRefused("この招待は期限が過ぎました。もう一度出してもらってください。")
    return found


def prove_claim(*, invitation: Invitation, claim: Claim) -> None:
    """Check what the holder says; after five wrong answers the invitation is closed.

    Raises InvitationRefused. Not part of a longer transaction, so that a failure stays counted.
    """
    if invitation.kind == Invitation.Kind.WATCH:
        if not (claim.family_name.strip() and claim.given_name.strip()):
            raise InvitationRefused("お名前（姓と名）を入れてください。")
        return
    if claim.birth_date and claim.birth_date == invitation.person.birth_date:
        return
    Invitation.objects.filter(pk=invitation.pk).update(failures=F("failures") + 1)
    record_act(
        actor="invitation",
        action="people.invitation_failed",
        subject=f"person:{invitation.person_id}",
        detail={"invitation": invitation.pk, "failures": invitation.failures + 1},
    )
    raise InvitationRefused("生年月日が合いません。確かめて、もう一度入れてください。")


@transaction.atomic
def accept_invitation(*, invitation: Invitation, claim: Claim, signed_in: User | None) -> User:
    """Carry out a proven claim; returns the user, to be signed in where ``signed_in`` is None.

    The holder of a mailed code has proved the address by it. Raises InvitationRefused for a code
    that someone used meanwhile, SignInFirst where the address belongs to a sign-in in use.
    """
    found = Invitation.objects.select_for_update().select_related("person").get(pk=invitation.pk)
    if found.closed_at or not found.email:
        raise InvitationRefused("この招待は使えません。もう使われたか、取り消されています。")
    user = signed_in or _own_user(found, claim)
    if found.kind == Invitation.Kind.SIGN_IN:
        _link(found.person, user)
    else:
        _watch(found.person, user, claim)
    now = timezone.now()
    Invitation.objects.filter(pk=found.pk).update(closed_at=now)
    record_act(
        actor=user.audit_name,
        action="people.accept_invitation",
        subject=f"person:{found.person_id}",
        detail={"invitation": found.pk, "kind": found.kind},
    )
    return user


def _own_user(invitation: Invitation, claim: Claim) -> User:
    user = User.objects.filter(email__iexact=invitation.email).first()
    if user is not None and user.is_active:
        raise SignInFirst(
            "このメールアドレスではもうサインインできます。先にサインインしてください。"
        )
    if user is not None and user.is_staff_member:
        # An ended staff sign-in must not come back to life by a resident's door.
        raise InvitationRefused(
            "職員のアドレスです。ほかのアドレスで招待を出してもらってください。"
        )
    if user is None:
        is_own = invitation.kind == Invitation.Kind.SIGN_IN
        name = str(invitation.person) if is_own else f"{claim.family_name} {claim.given_name}"
        user = User.objects.create_user(invitation.email, name=name[:80])
    user.is_active = True
    user.save(update_fields=["is_active"])
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


def _link(person: Person, user: User) -> None:
    if person.user_id or Person.objects.filter(user=user).exists():
        raise InvitationRefused(
            "このサインインは、もうほかのかたのものです。窓口で確かめてください。"
        )
    person.user = user
    person.save(update_fields=["user"])
    Invitation.objects.filter(person=person, kind=Invitation.Kind.SIGN_IN, closed_at=None).update(
        closed_at=timezone.now()
    )


def _watch(watched: Person, user: User, claim: Claim) -> None:
    giver = Person.objects.filter(user=user).first() or Person.objects.create(
        number=f"F{secrets.token_hex(6)}",
        family_name=claim.family_name.strip()[:40],
        given_name=claim.given_name.strip()[:40],
        user=user,
    )
    if giver == watched:
        raise InvitationRefused("自分を見守る家族にはなれません。招待したかたに知らせてください。")
    Relation.objects.get_or_create(kind=Relation.Kind.WATCHES_OVER, giver=giver, receiver=watched)
