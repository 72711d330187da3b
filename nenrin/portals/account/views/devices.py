"""わたしの端末: where messages arrive, and where I am signed in."""

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import AddWebAuthnView
from allauth.usersessions.models import UserSession
from django.contrib import messages as notes
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from nenrin.core.accounts.services.end_session import end_session
from nenrin.core.messaging.models import Endpoint
from nenrin.core.messaging.services.endpoints.add_mail_endpoint import (
    EndpointRefused,
    add_mail_endpoint,
)
from nenrin.core.messaging.services.endpoints.retire_endpoint import retire_endpoint
from nenrin.core.messaging.services.endpoints.send_test import TestRefused, send_test

from ..access import ResidentRequest, resident_required
from ..selectors import devices_of, signed_in_devices, verified_mail


@require_GET
@resident_required
def show(request: ResidentRequest) -> HttpResponse:
    """Everything that can reach me or acts in my name."""
    devices = devices_of(request.person)
    context = {
        "devices": devices,
        "sessions": signed_in_devices(request.user.pk, request.session.session_key),
        "passkeys": Authenticator.objects.filter(
            user=request.user.pk, type=Authenticator.Type.WEBAUTHN
        ),
        "mail": verified_mail(request.user.pk, [device.endpoint.address for device in devices]),
        "tab": "settings",
    }
    return render(request, "my/devices.html", context)


@require_POST
@resident_required
def add_mail(request: ResidentRequest) -> HttpResponse:
    """Receive messages at the address with which I sign in."""
    address = verified_mail(request.user.pk)
    try:
        add_mail_endpoint(
            person=request.person,
            verified_email=address,
            acting_user=request.acting_user,
        )
    except EndpointRefused as refusal:
        notes.error(request, str(refusal))
    else:
        notes.success(request, "これから、メールにも知らせを送ります。")
    return redirect("my_devices")


@require_POST
@resident_required
def retire(request: ResidentRequest, endpoint: int) -> HttpResponse:
    """Stop using one of my own devices; the household's tablet is for the counter to take back."""
    found = get_object_or_404(Endpoint, pk=endpoint, person=request.person)
    retire_endpoint(endpoint=found, reason="本人", acting_user=request.acting_user)
    notes.success(request, "この端末には、もう送りません。")
    return redirect("my_devices")


@require_POST
@resident_required
def test(request: ResidentRequest, endpoint: int) -> HttpResponse:
    """Send a word to one device."""
    mine = Q(person=request.person) | Q(person=None, household=request.person.household_id)
    found = get_object_or_404(Endpoint.objects.filter(mine), pk=endpoint)
    try:
        send_test(endpoint=found, acting_user=request.acting_user)
    except TestRefused as refusal:
        notes.error(request, str(refusal))
    else:
        notes.success(request, "確認の知らせを送りました。まもなく届きます。")
    return redirect("my_devices")


@require_POST
@resident_required
def end(request: ResidentRequest, session: int) -> HttpResponse:
    """Sign one of my devices out."""
    found = get_object_or_404(UserSession, pk=session, user=request.user.pk)
    end_session(session=found, acting_user=request.acting_user)
    notes.success(request, "その端末をサインアウトしました。")
    return redirect("my_devices")


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """A resident's passkey: no recovery codes to look after, an e-mail code is the way back."""

    template_name = "my/passkey.html"

    def get_success_url(self) -> str:
        """Back to the devices."""
        return reverse("my_devices")


add_passkey = login_required(AddPasskey.as_view())
