"""収納: today's money, the ledger's balance, what does not fit, and the comparison."""

from datetime import date, timedelta

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from procrastinate.contrib.django import app

from nenrin.core.export.csv_file import csv_response
from nenrin.core.organization.access import staff_required
from nenrin.core.organization.roles import Role
from nenrin.core.tenancy.scope import current_town_code
from nenrin.engines.payments.merchants import hosted_merchants, label_of
from nenrin.engines.payments.models import PaymentRequest
from nenrin.engines.payments.reconciling import day_span
from nenrin.engines.payments.selectors import (
    balances,
    cashless_share,
    failed_refunds,
    journal,
    newest_reconciliations,
    odd_payments,
    takings,
)
from nenrin.engines.payments.tasks import RECONCILE

from ..accounts import account_names
from ..forms import DayForm

MOST_WAITING, MOST_BOOKINGS = 50, 200


@require_GET
@staff_required(role=Role.CASHIER)
def page(request: HttpRequest) -> HttpResponse:
    """One day, today unless another is asked for."""
    day = _day(request.GET.get("day", ""))
    span, books = day_span(day), balances()
    names = account_names(key for key, _ in books.accounts)
    came = takings(span)
    waiting = PaymentRequest.objects.filter(state=PaymentRequest.State.WAITING)
    number = request.GET.get("number", "").strip()
    shown = waiting.filter(label__icontains=number) if number else waiting
    cashless, all_payments = cashless_share(span)
    context = {
        "day": day,
        "is_today": day == timezone.localdate(),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "takings": [(one, label_of(one.provider)) for one in came],
        "total": sum(one.received - one.returned for one in came),
        "cashless": cashless,
        "all_payments": all_payments,
        "books": books,
        "accounts": [(names[key], balance) for key, balance in books.accounts],
        "bookings": journal(span)[:MOST_BOOKINGS],
        "waiting": shown.order_by("made_at")[:MOST_WAITING],
        "waiting_count": waiting.count(),
        "number": number,
        "odd": odd_payments()[:MOST_WAITING],
        "failed": failed_refunds()[:MOST_WAITING],
        "runs": [(one, label_of(one.provider)) for one in newest_reconciliations()],
        "has_hosted": bool(hosted_merchants()),
        "day_form": DayForm(initial={"day": day}),
    }
    response = render(request, "payments/cashier.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_GET
@staff_required(role=Role.CASHIER)
def journal_file(request: HttpRequest) -> HttpResponse:
    """The day's bookings, one line for each side."""
    day = _day(request.GET.get("day", ""))
    bookings = journal(day_span(day))
    names = account_names(side.account.key for one in bookings for side in one.entries.all())
    heads = ("時刻", "取引", "種類", "勘定", "金額", "受付番号", "内容", "記録した人", "摘要")
    rows = (
        (
            one.made_at,
            one.pk,
            one.get_kind_display(),
            names[side.account.key],
            side.amount,
            one.request.label,
            one.request.title,
            one.made_by,
            one.words,
        )
        for one in bookings
        for side in one.entries.all()
    )
    return csv_response(f"仕訳_{day:%Y%m%d}.csv", heads, rows)


@require_POST
@staff_required(role=Role.CASHIER)
def reconcile(request: HttpRequest) -> HttpResponse:
    """Let a worker compare a day: that needs the network."""
    form = DayForm(request.POST)
    if not form.is_valid() or form.cleaned_data["day"] > timezone.localdate():
        notes.error(request, "今日までの日を選んでください。")
        return redirect("staff_cashier")
    day: date = form.cleaned_data["day"]
    job = app.configure_task(name=RECONCILE, queue="payments")
    job.defer(town=current_town_code(), day=day.isoformat(), acting_user=str(request.user))
    notes.success(
        request, "突き合わせをはじめました。少ししてから、このページを開き直してください。"
    )
    return redirect("staff_cashier")


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return timezone.localdate()
