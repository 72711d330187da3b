"""職員とサインイン: who works here, what they may do, and whether they can sign in."""

from allauth.account.forms import ResetPasswordForm
from allauth.mfa.models import Authenticator
from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nenrin.core.accounts.services.end_sessions import end_sessions
from nenrin.core.audit.services.record_act import record_act
from nenrin.core.organization.access import staff_required
from nenrin.core.organization.models import StaffMember
from nenrin.core.organization.roles import Role
from nenrin.core.organization.services.add_staff import StaffRefused, add_staff
from nenrin.core.organization.services.change_staff import (
    change_staff,
    end_staff_sign_in,
    open_staff_sign_in,
)
from nenrin.portals.account.selectors import signed_in_devices

from ..forms import AppointmentForm, NewMemberForm


@require_GET
@staff_required(role=Role.STAFF)
def show(request: HttpRequest) -> HttpResponse:
    """Everyone, by section."""
    protected = set(
        Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values_list(
            "user", flat=True
        )
    )
    members = StaffMember.objects.select_related("user", "section").order_by(
        "-user__is_active", "section__code", "user__name"
    )
    context = {"members": [(one, one.user_id in protected) for one in members]}
    return render(request, "staff_admin/members.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.STAFF)
def add(request: HttpRequest) -> HttpResponse:
    """Add someone; the mail with which they choose a password goes out at once."""
    form = NewMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member = add_staff(
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                appointment=form.appointment(),
                acting_user=str(request.user),
            )
        except StaffRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            _send_password_mail(request, member)
            notes.success(request, f"{member.user.name} さんを加え、案内のメールを送りました。")
            return redirect("staff_members")
    context = {"form": form, "menu_entry": "staff_members"}
    status = 400 if form.errors else 200
    return render(request, "staff_admin/member_new.html", context, status=status)


def _member(member: int) -> StaffMember:
    members = StaffMember.objects.select_related("user", "section")
    return get_object_or_404(members, pk=member)


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.STAFF)
def change(request: HttpRequest, member: int) -> HttpResponse:
    """One member: section, post, roles, sessions."""
    found = _member(member)
    form = AppointmentForm(request.POST) if request.method == "POST" else AppointmentForm.of(found)
    if form.is_bound and form.is_valid():
        try:
            change_staff(
                member=found, appointment=form.appointment(), acting_user=str(request.user)
            )
        except StaffRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            notes.success(request, "変えました。")
            return redirect("staff_members")
    context = {
        "form": form,
        "member": found,
        "sessions": signed_in_devices(found.user_id),
        "menu_entry": "staff_members",
    }
    status = 400 if form.errors else 200
    return render(request, "staff_admin/member.html", context, status=status)


@require_POST
@staff_required(role=Role.STAFF)
def send_password(request: HttpRequest, member: int) -> HttpResponse:
    """Send the mail with which a password is chosen."""
    found = _member(member)
    _send_password_mail(request, found)
    notes.success(request, "案内のメールを送りました。3日のあいだ使えます。")
    return redirect("staff_change_member", member=found.pk)


def _send_password_mail(request: HttpRequest, member: StaffMember) -> None:
    form = ResetPasswordForm({"email": member.user.email})
    if form.is_valid():
        form.save(request)
    record_act(
        actor=str(request.user),
        action="organization.invite_staff",
        subject=f"staff:{member.pk}",
    )


@require_POST
@staff_required(role=Role.STAFF)
def end_all(request: HttpRequest, member: int) -> HttpResponse:
    """Sign a member out everywhere."""
    found = _member(member)
    count = end_sessions(user=found.user, acting_user=str(request.user))
    notes.success(request, f"端末 {count} 台をサインアウトしました。")
    return redirect("staff_change_member", member=found.pk)


@require_POST
@staff_required(role=Role.STAFF)
def close(request: HttpRequest, member: int) -> HttpResponse:
    """Stop a sign-in: someone has left."""
    found = _member(member)
    try:
        end_staff_sign_in(member=found, acting_user=str(request.user))
    except StaffRefused as refusal:
        notes.error(request, str(refusal))
        return redirect("staff_change_member", member=found.pk)
    notes.success(request, f"{found.user.name} さんのサインインを止めました。")
    return redirect("staff_members")


@require_POST
@staff_required(role=Role.STAFF)
def reopen(request: HttpRequest, member: int) -> HttpResponse:
    """Let someone back in, with a new password."""
    found = _member(member)
    open_staff_sign_in(member=found, acting_user=str(request.user))
    _send_password_mail(request, found)
    notes.success(request, "サインインを開き、案内のメールを送りました。")
    return redirect("staff_change_member", member=found.pk)
