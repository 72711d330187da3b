"""Who may see the town hall's pages: staff of this town, with a second factor."""

from collections.abc import Callable
from functools import wraps

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from .models import StaffMember

View = Callable[..., HttpResponse]


def staff_required(view: View) -> View:
    """Let only staff in; without a second factor they are sent to set one up first."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        user = request.user
        if not StaffMember.objects.filter(user_id=user.pk, user__is_active=True).exists():
            raise PermissionDenied
        if not is_mfa_enabled(user):
            return redirect("mfa_activate_totp")
        return view(request, *args, **kwargs)

    return guarded
