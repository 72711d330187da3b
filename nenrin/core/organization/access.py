"""Who may see the town hall's pages: staff of this town, with a second factor."""

from collections.abc import Callable
from functools import wraps
from typing import overload

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from .models import StaffMember
from .roles import Role

View = Callable[..., HttpResponse]


@overload
def staff_required(view: View) -> View: ...


@overload
def staff_required(*, role: Role) -> Callable[[View], View]: ...


def staff_required(view: View | None = None, *, role: Role | None = None) -> object:
    """Let only staff in, with ``role`` only those who hold it: ``@staff_required(role=Role.DESK)``.

    Without a second factor they are sent to set one up first. ``request.staff`` is the member.
    """
    if view is None:
        return lambda guarded: _guard(guarded, role)
    return _guard(view, role)


def _guard(view: View, role: Role | None) -> View:
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        user = request.user
        member = StaffMember.objects.filter(user_id=user.pk or 0, user__is_active=True).first()
        if member is None:
            raise PermissionDenied("職員のページです。")
        if not is_mfa_enabled(user):
            return redirect("mfa_index")
        if role and not member.holds(role):
            raise PermissionDenied(f"「{role.label}」の役割が要ります。担当の係に頼んでください。")
        request.staff = member  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return guarded


def may(request: HttpRequest, role: Role) -> bool:
    """Whether the staff member of a request that `staff_required` let in holds a role."""
    member = getattr(request, "staff", None)
    return isinstance(member, StaffMember) and member.holds(role)
