"""家族: who lives with me, who watches over me from afar, and over whom I watch."""

from django.contrib import messages as notes
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from nenrin.core.people.models import Consent, Invitation, Relation
from nenrin.core.people.selectors import (
    consents_in_force,
    housemates,
    open_invitations,
    watchers_of,
)
from nenrin.core.people.services.close_invitation import close_invitation
from nenrin.core.people.services.end_watching import end_watching
from nenrin.core.people.services.give_consent import give_consent
from nenrin.core.people.services.issue_invitation import InvitationRefused, issue_invitation

from ..access import ResidentRequest, resident_required
from ..forms import FamilyInvitation
from ..mails import send_invitation
from ..selectors import family_answers


@require_GET
@resident_required
def show(request: ResidentRequest) -> HttpResponse:
    """My family as the town knows it."""
    return _page(request, FamilyInvitation())


def _page(request: ResidentRequest, form: FamilyInvitation, status: int = 200) -> HttpResponse:
    person = request.person
    guardians = Relation.objects.filter(kind=Relation.Kind.GUARDIAN)
    context = {
        "form": form,
        "housemates": housemates(person),
        "wards": guardians.filter(giver=person).select_related("receiver"),
        "guardians": guardians.filter(receiver=person).select_related("giver"),
        "watchers": watchers_of(person),
        "is_shared": Consent.Purpose.SHARE_SAFETY in consents_in_force(person),
        "invitations": open_invitations(person, Invitation.Kind.WATCH),
        "answers": family_answers(person),
        "tab": "settings",
    }
    return render(request, "my/family.html", context, status=status)


@require_POST
@resident_required
def invite(request: ResidentRequest) -> HttpResponse:
    """Ask a family member by mail to watch over me; inviting is my consent."""
    form = FamilyInvitation(request.POST)
    if not form.is_valid():
        return _page(request, form, 400)
    try:
        invitation, code = issue_invitation(
            person=request.person,
            kind=Invitation.Kind.WATCH,
            email=form.cleaned_data["email"],
            acting_user=request.acting_user,
        )
    except InvitationRefused as refusal:
        form.add_error("email", str(refusal))
        return _page(request, form, 400)
    give_consent(
        person=request.person,
        purpose=Consent.Purpose.SHARE_SAFETY,
        given_by="本人",
        acting_user=request.acting_user,
    )
    send_invitation(request.town, invitation, code)
    notes.success(request, "招待のメールを送りました。7日のあいだ使えます。")
    return redirect("my_family")


@require_POST
@resident_required
def end(request: ResidentRequest, relation: int) -> HttpResponse:
    """End a watch from either side."""
    mine = Q(giver=request.person) | Q(receiver=request.person)
    ties = Relation.objects.filter(mine, kind=Relation.Kind.WATCHES_OVER)
    end_watching(relation=get_object_or_404(ties, pk=relation), acting_user=request.acting_user)
    notes.success(request, "見守りをやめました。")
    return redirect("my_family")


@require_POST
@resident_required
def close(request: ResidentRequest, invitation: int) -> HttpResponse:
    """Take back an invitation."""
    own = Invitation.objects.filter(person=request.person, kind=Invitation.Kind.WATCH)
    found = get_object_or_404(own, pk=invitation)
    close_invitation(invitation=found, acting_user=request.acting_user)
    notes.success(request, "招待を取り消しました。")
    return redirect("my_family")
