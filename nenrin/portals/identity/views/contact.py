"""Prove a mailbox or a telephone: a code goes there, and is typed here."""

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nenrin.core.accounts.contact_code import CodeRefused, check_code, pending_code

from ..contact import send_code
from ..following import safe_following
from ..forms import CodeForm, ContactForm


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Say where a code should go."""
    following = safe_following(request.GET.get("next", ""))
    form = ContactForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            send_code(request, form.cleaned_data["contact"])
        except CodeRefused as refusal:
            form.add_error("contact", str(refusal))
        else:
            return redirect(code_address(following))
    context = {"form": form, "following": following, "tab": "procedures"}
    status = 400 if form.errors else 200
    return render(request, "identity/contact.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Type the code that arrived, or have it sent again."""
    following = safe_following(request.GET.get("next", ""))
    pending = pending_code(request)
    if pending is None:
        return redirect(following)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if "again" in request.POST:
        form = CodeForm()
        try:
            send_code(request, pending.contact)
        except CodeRefused as refusal:
            notes.error(request, str(refusal))
        else:
            notes.success(request, gettext("新しい番号を送りました。前の番号は使えません。"))
    elif form.is_bound and form.is_valid():
        try:
            check_code(request, form.cleaned_data["code"])
        except CodeRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            notes.success(request, gettext("連絡先を確かめました。"))
            return redirect(following)
    context = {
        "form": form, "contact": pending.contact, "following": following, "tab": "procedures",
    }  # fmt: skip
    status = 400 if form.errors else 200
    return render(request, "identity/code.html", context, status=status)


def code_address(following: str) -> str:
    """The page on which a code is typed, and where it leads."""
    return f"{reverse('contact_code')}?{urlencode({'next': following})}"
