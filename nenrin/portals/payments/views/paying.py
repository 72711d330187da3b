"""The applicant pays: choose how, go to the provider's page, come back, take the receipt."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from nenrin.core.limits.decorators import client_address, limited
from nenrin.core.limits.limit import Limit
from nenrin.engines.payments.locking import PaymentRefused
from nenrin.engines.payments.merchants import hosted_merchants, label_of
from nenrin.engines.payments.models import Payment, PaymentRequest
from nenrin.engines.payments.selectors import payments_of, request_for
from nenrin.engines.payments.services.start_payment import Way, start_payment
from nenrin.engines.payments.services.take_news import ask_soon
from nenrin.portals.procedures.door import applicant_only, visitor
from nenrin.residents.payments.receipts import NoReceipt, draw_receipt
from nenrin.residents.procedures.fees import subject_of
from nenrin.residents.procedures.models import Application

from ..cards import requests_of

STARTS = Limit("start_payment", 30, 3600)
LOOK_AGAIN_S, LOOKS = 2, 15


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Everything this visitor has to pay or has paid."""
    rows = [(application, owed, payments_of(owed)) for application, owed in requests_of(request)]
    context = {
        "to_pay": [row for row in rows if row[1].payable],
        "done": [row for row in rows if not row[1].payable],
        "tab": "procedures",
    }
    response = render(request, "payments/mine.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
@applicant_only
@limited(STARTS, by=client_address)
def choose(request: HttpRequest, application: Application) -> HttpResponse:
    """By which way; the button begins it."""
    owed = _owed(application)
    error = ""
    if request.method == "POST":
        try:
            return _start(request, application, owed)
        except PaymentRefused as refusal:
            error = str(refusal)
    ways = [one.provider for one in hosted_merchants()] if owed.is_online else []
    context = {
        "application": application,
        "owed": owed,
        "ways": ways,
        "chosen": request.POST.get("way", ""),
        "error": error,
        "slip": getattr(owed, "slip", None),
        "tab": "procedures",
    }
    return render(request, "payments/choose.html", context, status=400 if error else 200)


def _start(request: HttpRequest, application: Application, owed: PaymentRequest) -> HttpResponse:
    way = request.POST.get("way", "")
    if not way:
        raise PaymentRefused("払い方を選んでください。")
    # Back to the host they came by: their session is known there alone.
    place = request.build_absolute_uri(
        reverse("application_payment", args=[application.pk, UUID(int=0)])
    )
    pattern = place.replace(str(UUID(int=0)), "{payment}")
    payment = start_payment(request=owed, way=Way(way, pattern), acting_user=visitor(request)[1])
    return redirect(f"{reverse('application_payment', args=[application.pk, payment.pk])}?go=1")


@require_GET
@applicant_only
def one(request: HttpRequest, application: Application, payment: UUID) -> HttpResponse:
    """How one payment stands: being prepared, to be paid, being looked after, paid, or over."""
    found = _payment(application, payment)
    came_back = "back" in request.GET or "left" in request.GET
    look = int(request.GET.get("look", "0")) if request.GET.get("look", "0").isdecimal() else 0
    if found.state == Payment.State.OPEN and came_back:
        ask_soon(payment=found)
    is_looking = _is_looking(found, request) and look < LOOKS
    context = {
        "application": application,
        "payment": found,
        "owed": found.request,
        "way": label_of(found.provider),
        "has_left": "left" in request.GET,
        "came_back": came_back,
        "is_looking": is_looking,
        "goes": "go" in request.GET and not came_back,
        "tab": "procedures",
    }
    response = render(request, "payments/payment.html", context)
    if is_looking:
        query = request.GET.copy()
        query["look"] = str(look + 1)
        wait = LOOK_AGAIN_S if came_back else 1
        response["Refresh"] = f"{wait}; url={request.path}?{query.urlencode()}"
    return response


def _is_looking(payment: Payment, request: HttpRequest) -> bool:
    """Whether the page looks again by itself: while a worker is at it."""
    if payment.state == Payment.State.STARTED:
        return True
    return payment.state == Payment.State.OPEN and "back" in request.GET


@require_GET
@applicant_only
def receipt(request: HttpRequest, application: Application, payment: UUID) -> HttpResponse:
    """領収書."""
    return receipt_response(_payment(application, payment))


def receipt_response(payment: Payment) -> HttpResponse:
    """The receipt as a file that no cache keeps. Raises Http404."""
    try:
        name, pdf = draw_receipt(payment)
    except NoReceipt as error:
        raise Http404 from error
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


def _owed(application: Application) -> PaymentRequest:
    found = request_for(subject_of(application))
    if found is None:
        raise Http404
    return found


def _payment(application: Application, payment: UUID) -> Payment:
    rows = Payment.objects.select_related("request")
    return get_object_or_404(rows, pk=payment, request__subject=subject_of(application))
