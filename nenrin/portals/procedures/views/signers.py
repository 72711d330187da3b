"""The applicant asks others to sign, and sees who has."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from nenrin.core.limits.decorators import client_address, limited
from nenrin.core.limits.limit import Limit
from nenrin.engines.forms.definition import Signer
from nenrin.engines.forms.selectors import definition_of
from nenrin.residents.procedures.locking import ApplicationRefused, is_open
from nenrin.residents.procedures.models import Application, Signature
from nenrin.residents.procedures.signing.links import link_of
from nenrin.residents.procedures.signing.rules import unsigned, wanted_signers
from nenrin.residents.procedures.signing.services.invite_signer import (
    invite_signer,
    remind_signer,
    renew_link,
    take_back_signature,
)

from ..door import applicant_only, visitor
from ..forms import SignerForm

INVITATIONS = Limit("invite_signer", 20, 3600)
SHOWN_LINK = "shown_signer_link"


@dataclass(frozen=True)
class Role:
    """Who is asked under one of the form's roles, and whether one more is wanted."""

    signer: Signer
    signatures: list[Signature]
    form: SignerForm | None


@require_GET
@applicant_only
def show(request: HttpRequest, application: Application) -> HttpResponse:
    """Every role, and how its signatures stand."""
    return _page(request, application)


def _page(
    request: HttpRequest, application: Application, refused: SignerForm | None = None
) -> HttpResponse:
    definition = definition_of(application.version)
    wanted = wanted_signers(application, definition)
    if not wanted:
        raise Http404
    held = list(application.signatures.all())
    roles = [_role(signer, held, refused) for signer in wanted]
    shown = request.session.pop(SHOWN_LINK, None)
    context: dict[str, Any] = {
        "application": application,
        "definition": definition,
        "roles": roles,
        "unsigned": unsigned(application, definition),
        "shown": shown if shown and shown["application"] == str(application.pk) else None,
        "is_open": is_open(application),
        "refused": refused,
        "tab": "procedures",
    }
    return render(request, "procedures/signers.html", context, status=400 if refused else 200)


def _role(signer: Signer, held: list[Signature], refused: SignerForm | None) -> Role:
    mine = [one for one in held if one.role == signer.name]
    counted = [one for one in mine if one.state != Signature.State.DECLINED]
    if len(counted) >= signer.count:
        return Role(signer, mine, None)
    is_refused = refused is not None and refused.data.get("role") == signer.name
    form = refused if is_refused else SignerForm(auto_id=f"{signer.name}-%s")
    return Role(signer, mine, form)


@require_POST
@applicant_only
@limited(INVITATIONS, by=client_address)
def invite(request: HttpRequest, application: Application) -> HttpResponse:
    """Ask one more person, by mail or with a link to hand over."""
    role = request.POST.get("role", "")
    form = SignerForm(request.POST, auto_id=f"{role}-%s")
    if not form.is_valid():
        return _page(request, application, form)
    try:
        made = invite_signer(
            application=application,
            role=role,
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            acting_user=visitor(request)[1],
        )
    except ApplicationRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, application, form)
    if made.email:
        notes.success(request, gettext("お願いのメールを送りました。"))
    else:
        _show_link(request, made)
    return redirect("application_signers", application=application.pk)


def _show_link(request: HttpRequest, signature: Signature) -> None:
    """On the next page, once: whoever looks later makes a new one."""
    request.session[SHOWN_LINK] = {
        "application": str(signature.application_id),
        "name": signature.name,
        "link": link_of(signature),
    }


def _remind(request: HttpRequest, signature: Signature, acting_user: str) -> None:
    remind_signer(signature=signature, acting_user=acting_user)
    notes.success(request, gettext("もう一度、お願いのメールを送りました。"))


def _renew(request: HttpRequest, signature: Signature, acting_user: str) -> None:
    _show_link(request, renew_link(signature=signature, acting_user=acting_user))


def _take_back(request: HttpRequest, signature: Signature, acting_user: str) -> None:
    take_back_signature(signature=signature, acting_user=acting_user)
    notes.success(request, gettext("お願いを取り消しました。リンクはもう使えません。"))


ACTS: dict[str, Callable[[HttpRequest, Signature, str], None]] = {
    "remind": _remind,
    "renew": _renew,
    "take-back": _take_back,
}


@require_POST
@applicant_only
@limited(INVITATIONS, by=client_address)
def change(
    request: HttpRequest, application: Application, signature: int, act: str
) -> HttpResponse:
    """Remind, make a new link, or take the asking back."""
    found = get_object_or_404(Signature, pk=signature, application=application)
    if act not in ACTS:
        raise Http404
    try:
        ACTS[act](request, found, visitor(request)[1])
    except ApplicationRefused as refusal:
        notes.error(request, str(refusal))
    return redirect("application_signers", application=application.pk)
