"""Where the cashier shows itself."""

from django.http import HttpRequest

from nenrin.core.audit.wording import register_wordings
from nenrin.core.organization.access import may
from nenrin.core.organization.roles import Role
from nenrin.core.search.kinds import SearchKind, search_kinds
from nenrin.core.ui.menu import MenuEntry, menu
from nenrin.engines.payments.selectors import failed_refunds, odd_payments

from .services.set_up_cashier import SEARCH_KIND


def _may(request: HttpRequest) -> bool:
    return may(request, Role.CASHIER)


def _waiting(request: HttpRequest) -> int:
    return odd_payments().count() + failed_refunds().count() if _may(request) else 0


search_kinds.register(SearchKind(SEARCH_KIND, "支払い"))
register_wordings({"cashier.slip": "納付書の番号を控えた"})
menu.register(
    MenuEntry(
        "cashier", "staff", "services", "収納", "staff_cashier", 8, badge=_waiting, visible=_may
    )
)
