"""One thing owed, for the desk: take money, reduce, give back, keep the slip's numbers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from nenrin.core.organization.access import may, staff_required
from nenrin.core.organization.models import StaffMember
from nenrin.core.organization.roles import Role
from nenrin.engines.payments.locking import PaymentRefused
from nenrin.engines.payments.merchants import label_of
from nenrin.engines.payments.models import Payment, PaymentRequest
from nenrin.engines.payments.selectors import payments_of
from nenrin.engines.payments.services.refund_payment import refund_payment
from nenrin.engines.payments.services.take_at_counter import take_at_counter
from nenrin.engines.payments.services.waive import waive
from nenrin.residents.payments.services.keep_slip import SlipRefused, keep_slip
from nenrin.residents.payments.subjects import may_handle, payer_of, staff_url

from ..forms import AmountForm, SlipForm, TakeForm
from .paying import receipt_response

MOST_TRIES = 10
Act = Callable[[HttpRequest, PaymentRequest, Any], str]


@require_http_methods(["GET", "POST"])
@staff_required
def page(request: HttpRequest, owed: UUID) -> HttpResponse:
    """What is owed, what came, and every act on it."""
    found = _owed(request, owed)
    paid = list(payments_of(found))
    shown = _forms(request, found, paid)
    act = request.POST.get("act", "")
    if request.method == "POST":
        form = shown.get(_slot(request))
        if form is None or act not in ACTS:
            raise Http404
        if form.is_valid() and _done(request, found, form, act):
            return redirect("staff_owed", owed=found.pk)
    context = {
        "menu_entry": "staff_cashier",
        "owed": found,
        "payer": payer_of(found),
        "subject_url": staff_url(found),
        "rows": [(one, label_of(one.provider), shown.get(f"refund:{one.pk}")) for one in paid],
        "tries": [
            (one, label_of(one.provider))
            for one in found.payments.exclude(state=Payment.State.PAID)[:MOST_TRIES]
        ],
        "bookings": found.transactions.prefetch_related("entries__account"),
        "slip": getattr(found, "slip", None),
        "take_form": shown.get("take"),
        "waive_form": shown.get("waive"),
        "slip_form": shown.get("slip"),
        "slot": _slot(request),
    }
    wrong = any(form.errors for form in shown.values())
    response = render(request, "payments/owed.html", context, status=400 if wrong else 200)
    response["Cache-Control"] = "no-store"
    return response


@require_GET
@staff_required
def receipt(request: HttpRequest, payment: UUID) -> HttpResponse:
    """The receipt once more, for who asks at the counter."""
    found = get_object_or_404(Payment.objects.select_related("request"), pk=payment)
    _owed(request, found.request_id)
    return receipt_response(found)


def _owed(request: HttpRequest, owed: UUID) -> PaymentRequest:
    """The desk's door: the cashier's, the counter's, and the section's that handles it."""
    found = get_object_or_404(PaymentRequest.objects.select_related("slip"), pk=owed)
    member: StaffMember = request.staff  # type: ignore[attr-defined]
    if not (may(request, Role.CASHIER) or may_handle(member, found)):
        raise Http404
    return found


def _forms(
    request: HttpRequest, owed: PaymentRequest, paid: list[Payment]
) -> dict[str, forms.Form]:
    """The forms that this member may send, by their slot; only the one that was sent is bound."""
    slot = _slot(request)

    def data(key: str) -> Any:
        return request.POST if request.method == "POST" and slot == key else None

    made: dict[str, forms.Form] = {}
    if may(request, Role.DESK) or may(request, Role.CASHIER):
        made["take"] = TakeForm(data("take"), prefix="take")
    if not may(request, Role.CASHIER):
        return made
    made["waive"] = AmountForm(data("waive"), prefix="waive", initial={"amount": owed.payable})
    slip = getattr(owed, "slip", None)
    made["slip"] = SlipForm(data("slip"), prefix="slip", initial=vars(slip) if slip else {})
    for one in paid:
        key = f"refund:{one.pk}"
        if one.refundable:
            made[key] = AmountForm(data(key), prefix=key, initial={"amount": one.refundable})
    return made


def _slot(request: HttpRequest) -> str:
    act, payment = request.POST.get("act", ""), request.POST.get("payment", "")
    return f"{act}:{payment}" if payment else act


def _done(request: HttpRequest, owed: PaymentRequest, form: forms.Form, act: str) -> bool:
    try:
        notes.success(request, ACTS[act](request, owed, form))
    except PaymentRefused as refusal:
        form.add_error(None, str(refusal))
    except SlipRefused as refusal:
        form.add_error(refusal.field, str(refusal))
    return not form.errors


def _take(request: HttpRequest, owed: PaymentRequest, form: forms.Form) -> str:
    seen = request.POST.get("seen", "")
    payment = take_at_counter(
        request=owed,
        provider=form.cleaned_data["provider"],
        amount=int(seen) if seen.isdecimal() else -1,
        slip=form.cleaned_data["slip"],
        acting_user=str(request.user),
    )
    return f"{payment.received:,}円を受け取りました。領収書を渡してください。"


def _waive(request: HttpRequest, owed: PaymentRequest, form: forms.Form) -> str:
    waive(request=owed, acting_user=str(request.user), **form.cleaned_data)
    return "減免しました。"


def _refund(request: HttpRequest, owed: PaymentRequest, form: forms.Form) -> str:
    payment = get_object_or_404(owed.payments, pk=request.POST.get("payment"))
    refund_payment(payment=payment, acting_user=str(request.user), **form.cleaned_data)
    return "返金をはじめました。済むと下に出ます。"


def _slip(request: HttpRequest, owed: PaymentRequest, form: forms.Form) -> str:
    keep_slip(request=owed, numbers=form.numbers(), acting_user=str(request.user))  # type: ignore[attr-defined]
    return "番号を控えました。"


ACTS: dict[str, Act] = {"take": _take, "waive": _waive, "refund": _refund, "slip": _slip}
