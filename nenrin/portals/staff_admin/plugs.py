"""Lines of the staff menu for people, settings and the trail."""

from collections.abc import Callable

from django.http import HttpRequest

from nenrin.core.organization.access import may
from nenrin.core.organization.roles import Role
from nenrin.core.people.selectors import waiting_corrections
from nenrin.core.ui.menu import MenuEntry, menu


def _holds(role: Role) -> Callable[[HttpRequest], bool]:
    return lambda request: may(request, role)


def _waiting(_request: HttpRequest) -> int:
    return waiting_corrections().count()


def _entry(key: str, group: str, label: str, order: int, role: Role) -> MenuEntry:
    return MenuEntry(key, "staff", group, label, key, order, visible=_holds(role))


menu.register(_entry("staff_households", "services", "世帯をさがす", 10, Role.DESK))
menu.register(
    MenuEntry(
        "staff_corrections", "staff", "services", "訂正のお願い", "staff_corrections", 20,
        badge=_waiting, visible=_holds(Role.DESK),
    )
)  # fmt: skip
menu.register(_entry("staff_ladders", "settings", "送り方", 10, Role.SETTINGS))
menu.register(_entry("staff_rules", "settings", "電文の決まり", 20, Role.SETTINGS))
menu.register(_entry("staff_members", "settings", "職員とサインイン", 30, Role.STAFF))
menu.register(_entry("staff_audit", "settings", "最近の記録", 40, Role.AUDIT))
