"""An invitation is opened: by the link of a mail, or by the code on paper."""

from typing import Any

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages as notes
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nenrin.core.accounts.models import User
from nenrin.core.people.models import Invitation
from nenrin.core.people.services.accept_invitation import (
    Claim,
    NoSuchInvitation,
    SignInFirst,
    accept_invitation,
    find_invitation,
    prove_claim,
)
from nenrin.core.people.services.issue_invitation import InvitationRefused, issue_invitation

from ..forms import PrintedClaim, SignInClaim, WatchClaim
from ..mails import send_invitation


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the invitation is for; carry it out when the holder has proved the claim.

    Opening the page changes nothing: mail programs look at links before people do.
    """
    if not ratelimit.consume(request, action="accept_invitation"):
        return _render(
            request, "my/join_refused.html", {"reason": "少し待ってから開いてください。"}, 429
        )
    try:
        invitation = find_invitation(code)
    except InvitationRefused as refusal:
        status = 404 if isinstance(refusal, NoSuchInvitation) else 410
        return _render(request, "my/join_refused.html", {"reason": str(refusal)}, status)
    form = _form(invitation, request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, invitation, form, 400 if form.errors else 200)
    try:
        return _carry_out(request, invitation, form)
    except SignInFirst as refusal:
        return _page(request, invitation, form, 409, sign_in_first=str(refusal))
    except InvitationRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, invitation, form, 400)


def _form(invitation: Invitation, data: Any) -> Form:
    if invitation.kind == Invitation.Kind.WATCH:
        return WatchClaim(data)
    return SignInClaim(data) if invitation.email else PrintedClaim(data)


def _carry_out(request: HttpRequest, invitation: Invitation, form: Form) -> HttpResponse:
    facts = dict(form.cleaned_data)
    email = facts.pop("email", "")
    claim = Claim(**facts)
    prove_claim(invitation=invitation, claim=claim)
    if email:
        return _write_to(request, invitation, email)
    signed_in = request.user if isinstance(request.user, User) else None
    user = accept_invitation(invitation=invitation, claim=claim, signed_in=signed_in)
    notes.success(request, "用意ができました。次からはメールの番号でサインインできます。")
    is_watch = invitation.kind == Invitation.Kind.WATCH
    following = reverse("my_family" if is_watch else "my_devices")
    if signed_in is None:
        # The mailed link has proved the same as a mailed number would.
        response: HttpResponse = perform_login(request, user, redirect_url=following)
        return response
    return redirect(following)


def _write_to(request: HttpRequest, printed: Invitation, email: str) -> HttpResponse:
    """A printed code proves no address: the link that does goes there by mail."""
    invitation, code = issue_invitation(
        person=printed.person,
        kind=Invitation.Kind.SIGN_IN,
        email=email,
        acting_user=f"invitation:{printed.pk}",
    )
    send_invitation(request.town, invitation, code)  # type: ignore[attr-defined]
    return _render(request, "my/join_mailed.html", {"email": email})


def _page(
    request: HttpRequest, invitation: Invitation, form: Form, status: int, **more: Any
) -> HttpResponse:
    context = {"invitation": invitation, "form": form} | more
    return _render(request, "my/join.html", context, status)


def _render(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "no-store"
    # Not no-referrer: browsers then post with a null origin, which the CSRF check refuses.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
