"""Add a staff member with a sign-in that waits for its password."""

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from nenrin.core.accounts.models import User
from nenrin.core.audit.services.record_act import record_act

from ..models import Section, StaffMember
from ..roles import Role


class StaffRefused(Exception):
    """The staff member cannot be added or changed; the text says what to do, in Japanese."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """Where someone works and what they may do."""

    section: Section
    post: str
    roles: Sequence[str]


@transaction.atomic
def add_staff(*, name: str, email: str, appointment: Appointment, acting_user: str) -> StaffMember:
    """Make the sign-in; a resident's sign-in of that address becomes a staff one. StaffRefused."""
    check_appointment(appointment)
    _check_words(name, email)
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = User.objects.create_user(email.strip(), name=name.strip(), kind=User.Kind.STAFF)
    elif user.is_staff_member:
        raise StaffRefused("このメールアドレスの職員がもういます。")
    User.objects.filter(pk=user.pk).update(kind=User.Kind.STAFF, is_active=True)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    member = StaffMember.objects.create(
        user=user,
        section=appointment.section,
        post=appointment.post.strip(),
        roles=list(appointment.roles),
    )
    record_act(
        actor=acting_user,
        action="organization.add_staff",
        subject=f"staff:{member.pk}",
        detail={"roles": member.roles, "section": appointment.section.code},
    )
    return member


def check_appointment(appointment: Appointment) -> None:
    """Raises StaffRefused for roles that do not exist or a missing post."""
    if set(appointment.roles) - set(Role.values):
        raise StaffRefused("知らない役割があります。ページを開き直してください。")
    if not appointment.post.strip():
        raise StaffRefused("職名を入れてください。")


def _check_words(name: str, email: str) -> None:
    if not name.strip():
        raise StaffRefused("名前を入れてください。")
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise StaffRefused("メールアドレスの形を確かめてください。") from error
