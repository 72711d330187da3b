"""What stands in the menus; every module registers its own entries from `plugs.py`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from nenrin.core.registry.registry import Registry


@dataclass(frozen=True)
class MenuEntry:
    """One line of a portal's menu.

    ``portal`` is ``staff``, ``resident`` or ``public``; ``group`` a heading of that portal (for
    residents one of the four doors: ``news``, ``procedures``, ``consult``, ``life``). ``badge``
    counts what waits; ``visible`` says whether this person sees the entry at all.
    """

    key: str
    portal: str
    group: str
    label: str
    url_name: str
    order: int
    description: str = ""
    icon: str = "document"
    badge: Callable[[HttpRequest], int] | None = None
    visible: Callable[[HttpRequest], bool] | None = None


menu: Registry[MenuEntry] = Registry("menu entry")

STAFF_GROUPS = {
    "now": "いま",
    "townhall": "役場",
    "services": "町民サービス",
    "life": "暮らし",
    "plan": "計画",
    "settings": "設定",
}
DOORS = {
    "news": ("知らせ", "町から・地区から", "bell"),
    "procedures": ("手続き", "家からできる手続き", "document"),
    "consult": ("相談", "予約・電話・手助け", "speech"),
    "life": ("暮らし", "避難所・家族・見守り", "house"),
}


def entries_of(portal: str, request: HttpRequest) -> list[MenuEntry]:
    """The entries of a portal that this request may see, in their order."""
    found = [
        entry
        for entry in menu
        if entry.portal == portal and (entry.visible is None or entry.visible(request))
    ]
    return sorted(found, key=lambda entry: entry.order)
