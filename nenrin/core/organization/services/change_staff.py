"""Change a staff member's section, post and roles, or end the sign-in."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from nenrin.core.accounts.models import User
from nenrin.core.accounts.services.end_sessions import end_sessions
from nenrin.core.audit.services.record_act import record_act

from ..models import StaffMember
from ..roles import Role
from .add_staff import Appointment, StaffRefused, check_appointment


@transaction.atomic
def change_staff(*, member: StaffMember, appointment: Appointment, acting_user: str) -> None:
    """Move or give roles; someone who manages staff always remains. Raises StaffRefused."""
    check_appointment(appointment)
    if Role.STAFF not in appointment.roles:
        check_someone_manages(member)
    before = {"roles": member.roles, "section": member.section.code, "post": member.post}
    member.section = appointment.section
    member.post = appointment.post.strip()
    member.roles = list(appointment.roles)
    member.save()
    after = {"roles": member.roles, "section": member.section.code, "post": member.post}
    if before != after:
        record_act(
            actor=acting_user,
            action="organization.change_staff",
            subject=f"staff:{member.pk}",
            detail={"before": before, "after": after},
        )


@transaction.atomic
def end_staff_sign_in(*, member: StaffMember, acting_user: str) -> None:
    """Sign out everywhere, forget the keys, refuse further sign-ins. Raises StaffRefused."""
    check_someone_manages(member)
    end_sessions(user=member.user, acting_user=acting_user)
    Authenticator.objects.filter(user=member.user).delete()
    User.objects.filter(pk=member.user_id).update(is_active=False)
    record_act(actor=acting_user, action="organization.end_sign_in", subject=f"staff:{member.pk}")


@transaction.atomic
def open_staff_sign_in(*, member: StaffMember, acting_user: str) -> None:
    """Let someone back in; a new password and second factor are asked for."""
    user = member.user
    user.is_active = True
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    record_act(actor=acting_user, action="organization.open_sign_in", subject=f"staff:{member.pk}")


def check_someone_manages(leaving: StaffMember) -> None:
    """Raises StaffRefused when nobody else could manage staff any more."""
    others = StaffMember.objects.exclude(pk=leaving.pk)
    if not leaving.holds(Role.STAFF):
        return
    if not others.filter(user__is_active=True, roles__contains=[Role.STAFF]).exists():
        raise StaffRefused(
            "職員を管理できる人がいなくなります。先にほかの人に役割をつけてください。"
        )
