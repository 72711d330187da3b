"""A signer reads what concerns them, proves who they are, and signs."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nenrin.core.limits.decorators import EVERY, client_address, limited
from nenrin.core.limits.limit import Limit
from nenrin.engines.forms.selectors import definition_of
from nenrin.residents.procedures.applicant.access import reaches
from nenrin.residents.procedures.applicant.names import applicant_name
from nenrin.residents.procedures.applicant.standing import Standing, standing_of
from nenrin.residents.procedures.locking import ApplicationRefused, is_open
from nenrin.residents.procedures.models import Signature
from nenrin.residents.procedures.signing.links import signature_of
from nenrin.residents.procedures.signing.rules import digest_of, shown_to, signer_of
from nenrin.residents.procedures.signing.services.sign_application import (
    Hand,
    decline_signature,
    level_of,
    sign_application,
    withdraw_signature,
)

from ..door import visitor
from ..forms import HandForm, WordsOfSigner

OPENINGS = Limit("sign", 60, 600)
View = Callable[..., HttpResponse]


def signer_only(view: View) -> View:
    """Give the view the signature in place of its code; nobody keeps or finds such a page."""

    @limited(OPENINGS, by=client_address, methods=EVERY)
    @wraps(view)
    def guarded(request: HttpRequest, code: str) -> HttpResponse:
        found = signature_of(code)
        if found is None:
            response = render(request, "procedures/sign_closed.html", status=404)
        else:
            response = view(request, found, code)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        # Not no-referrer: browsers then post with a null origin, which the CSRF check refuses.
        response["Referrer-Policy"] = "same-origin"
        return response

    return guarded


@require_http_methods(["GET", "POST"])
@signer_only
def sign(request: HttpRequest, signature: Signature, code: str) -> HttpResponse:
    """Read and sign. Opening the page changes nothing: mail programs look at links, too."""
    form = HandForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return _page(request, signature, code, form)
    hand = Hand(
        name=form.cleaned_data["name"],
        birth_date=form.cleaned_data["birth_date"],
        standing=_standing(request, signature),
        digest=request.POST.get("digest", ""),
    )
    try:
        sign_application(signature=signature, hand=hand, acting_user=_actor(request, signature))
    except ApplicationRefused as refusal:
        signature.refresh_from_db()
        form.add_error(None, str(refusal))
        return _page(request, signature, code, form)
    notes.success(request, gettext("署名しました。ありがとうございます。"))
    return redirect("sign", code=code)


def _page(
    request: HttpRequest,
    signature: Signature,
    code: str,
    form: HandForm,
    words_form: WordsOfSigner | None = None,
) -> HttpResponse:
    application = signature.application
    signer = signer_of(definition_of(application.version), signature.role)
    if signer is None:
        return render(request, "procedures/sign_closed.html", status=404)
    level = level_of(signature, _standing(request, signature))
    context: dict[str, Any] = {
        "signature": signature,
        "signer": signer,
        "code": code,
        "title": definition_of(application.version).title,
        "applicant": applicant_name(application),
        "pages": shown_to(signer, application, timezone.localdate()),
        "digest": digest_of(signer, application),
        "is_known": reaches(level, signer.identity),
        "may_sign": signature.is_open and is_open(application),
        "may_withdraw": signature.state == Signature.State.SIGNED and is_open(application),
        "form": form,
        "words_form": words_form or WordsOfSigner(),
        "tab": "procedures",
    }
    wrong = bool(form.errors or (words_form and words_form.errors))
    return render(request, "procedures/sign.html", context, status=400 if wrong else 200)


def _standing(request: HttpRequest, signature: Signature) -> Standing:
    """The visitor's, and with a mailed link its address, which the link has proved."""
    standing = standing_of(request, definition_of(signature.application.version))
    if not signature.email:
        return standing
    contacts = standing.contacts | {signature.email}
    return replace(standing, contacts=contacts)


def _actor(request: HttpRequest, signature: Signature) -> str:
    named = visitor(request)[1]
    return named if request.user.is_authenticated else f"signer:{signature.pk}"


@require_POST
@signer_only
def decline(request: HttpRequest, signature: Signature, code: str) -> HttpResponse:
    """Say that one does not sign."""
    form = WordsOfSigner(request.POST)
    if not form.is_valid():
        return _page(request, signature, code, HandForm(), form)
    try:
        decline_signature(
            signature=signature,
            words=form.cleaned_data["words"],
            acting_user=_actor(request, signature),
        )
    except ApplicationRefused as refusal:
        form.add_error("words", str(refusal))
        return _page(request, signature, code, HandForm(), form)
    return redirect("sign", code=code)


@require_POST
@signer_only
def withdraw(request: HttpRequest, signature: Signature, code: str) -> HttpResponse:
    """Take one's signature back."""
    try:
        withdraw_signature(signature=signature, acting_user=_actor(request, signature))
    except ApplicationRefused as refusal:
        notes.error(request, str(refusal))
    else:
        notes.success(request, gettext("署名を取り消しました。"))
    return redirect("sign", code=code)
