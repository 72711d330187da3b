"""The money of an application, on its page and on the desk's."""

from typing import Any

from django.http import HttpRequest

from nenrin.core.organization.access import may
from nenrin.core.organization.roles import Role
from nenrin.core.ui.cards import Context
from nenrin.engines.payments.merchants import label_of
from nenrin.engines.payments.models import PaymentRequest
from nenrin.engines.payments.selectors import payments_of, request_for
from nenrin.residents.procedures.applicant.access import IN_SESSION
from nenrin.residents.procedures.fees import subject_of
from nenrin.residents.procedures.models import Application
from nenrin.residents.procedures.selectors import applications_of


def money_of(request: HttpRequest, known: Context) -> Context | None:
    """What is owed and what came; None for an application without a fee, or a draft."""
    application: Application = known["application"]
    owed = request_for(subject_of(application))
    fee: dict[str, Any] = application.fee or {}
    if owed is None and not fee:
        return None
    paid = [(one, label_of(one.provider)) for one in payments_of(owed)] if owed else []
    return {"owed": owed, "fee": fee, "paid": paid}


def requests_of(request: HttpRequest) -> list[tuple[Application, PaymentRequest]]:
    """What this visitor's applications cost, the newest first."""
    user_id = request.user.pk if request.user.is_authenticated else None
    opened = request.session.get(IN_SESSION, [])
    if not user_id and not opened:
        return []
    mine = {subject_of(one): one for one in applications_of(user_id, opened) if one.case_id}
    found = PaymentRequest.objects.filter(subject__in=mine).order_by("-made_at")
    return [(mine[owed.subject], owed) for owed in found]


def waiting_for_me(request: HttpRequest) -> int:
    """How much there is to pay, in pieces."""
    return sum(owed.payable > 0 for _, owed in requests_of(request))


def money_for_desk(request: HttpRequest, known: Context) -> Context | None:
    """The same, with what this clerk may do."""
    found = money_of(request, known)
    if found is None:
        return None
    may_set = may(request, Role.DESK) or may(request, Role.CASHIER)
    is_unsettled = bool(found["fee"]) and found["fee"].get("amount") is None
    return {**found, "asks_amount": may_set and is_unsettled}
