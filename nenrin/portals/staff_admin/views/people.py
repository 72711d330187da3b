"""What the counter does for one person: a sign-in, its end, consents, devices."""

import segno
from django.contrib import messages as notes
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from nenrin.core.accounts.services.end_sessions import end_sessions
from nenrin.core.messaging.models import Endpoint
from nenrin.core.messaging.services.endpoints.retire_endpoint import retire_endpoint
from nenrin.core.messaging.services.endpoints.send_test import TestRefused, send_test
from nenrin.core.organization.access import staff_required
from nenrin.core.organization.roles import Role
from nenrin.core.people.models import Consent, Invitation, Person
from nenrin.core.people.services.give_consent import give_consent
from nenrin.core.people.services.issue_invitation import InvitationRefused, issue_invitation
from nenrin.core.people.services.remove_sign_in import remove_sign_in
from nenrin.core.people.services.withdraw_consent import withdraw_consent
from nenrin.portals.account.mails import invitation_link, send_invitation

AT_THE_COUNTER = "窓口"


def _resident(person: int) -> Person:
    residents = Person.objects.filter(household__isnull=False).select_related("household", "user")
    return get_object_or_404(residents, pk=person)


def _back(person: Person) -> HttpResponse:
    return redirect("staff_household", household=person.household_id)


@require_POST
@staff_required(role=Role.DESK)
def invite(request: HttpRequest, person: int) -> HttpResponse:
    """サインインを用意する: by mail, or without an address as a code on paper."""
    found = _resident(person)
    email = request.POST.get("email", "").strip()
    try:
        if email:
            validate_email(email)
        invitation, code = issue_invitation(
            person=found,
            kind=Invitation.Kind.SIGN_IN,
            email=email,
            acting_user=str(request.user),
        )
    except (InvitationRefused, ValidationError) as refusal:
        is_form = isinstance(refusal, ValidationError)
        notes.error(request, "メールアドレスの形を確かめてください。" if is_form else str(refusal))
        return _back(found)
    if not email:
        return _paper(request, found, code)
    send_invitation(request.town, invitation, code)  # type: ignore[attr-defined]
    notes.success(request, f"{found} さんに案内のメールを送りました。7日のあいだ使えます。")
    return _back(found)


def _paper(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    link = invitation_link(request.town, code)  # type: ignore[attr-defined]
    qr = segno.make(link, error="m").svg_inline(scale=6, border=2)
    context = {"person": person, "link": link, "qr": mark_safe(qr)}  # noqa: S308
    response = render(request, "staff_admin/paper.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@staff_required(role=Role.DESK)
def remove(request: HttpRequest, person: int) -> HttpResponse:
    """Take the sign-in away, for instance when the mailbox is lost."""
    found = _resident(person)
    remove_sign_in(person=found, acting_user=str(request.user))
    notes.success(request, f"{found} さんのサインインを外しました。もう一度用意できます。")
    return _back(found)


@require_POST
@staff_required(role=Role.DESK)
def end_all(request: HttpRequest, person: int) -> HttpResponse:
    """Sign the person out everywhere."""
    found = _resident(person)
    if found.user is not None:
        count = end_sessions(user=found.user, acting_user=str(request.user))
        notes.success(request, f"{found} さんの端末 {count} 台をサインアウトしました。")
    return _back(found)


@require_POST
@staff_required(role=Role.DESK)
def change_consent(request: HttpRequest, person: int) -> HttpResponse:
    """Write down a consent given at the counter, or that it was taken back."""
    found = _resident(person)
    try:
        purpose = Consent.Purpose(request.POST.get("purpose", ""))
    except ValueError as error:
        raise Http404 from error
    if request.POST.get("agrees") == "1":
        give_consent(
            person=found,
            purpose=purpose,
            given_by=AT_THE_COUNTER,
            acting_user=str(request.user),
        )
    else:
        withdraw_consent(person=found, purpose=purpose, acting_user=str(request.user))
    notes.success(request, f"「{purpose.label}」を書きとめました。")
    return _back(found)


@require_POST
@staff_required(role=Role.DESK)
def retire(request: HttpRequest, endpoint: int) -> HttpResponse:
    """Stop using a device, for instance a tablet that came back."""
    found = get_object_or_404(Endpoint, pk=endpoint)
    retire_endpoint(endpoint=found, reason=AT_THE_COUNTER, acting_user=str(request.user))
    notes.success(request, "この届く先をやめました。")
    return redirect("staff_household", household=found.household_id)


@require_POST
@staff_required(role=Role.DESK)
def test(request: HttpRequest, endpoint: int) -> HttpResponse:
    """Send a word to one device while its owner is on the telephone."""
    found = get_object_or_404(Endpoint, pk=endpoint)
    try:
        send_test(endpoint=found, acting_user=str(request.user))
    except TestRefused as refusal:
        notes.error(request, str(refusal))
    else:
        notes.success(request, "確認の知らせを送りました。")
    return redirect("staff_household", household=found.household_id)
