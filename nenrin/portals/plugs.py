"""Lines of the menus that belong to a portal itself."""

from nenrin.core.messaging.tokens import delivery_token
from nenrin.core.tenancy.scope import current_town_code
from nenrin.core.ui.cards import Card, Context, cards
from nenrin.core.ui.menu import MenuEntry, menu

menu.register(MenuEntry("desk", "staff", "now", "わたしの机", "staff_home", 10))
menu.register(MenuEntry("plan", "staff", "plan", "年輪（計画の目標）", "staff_plan", 10))
menu.register(
    MenuEntry(
        "public-plan",
        "resident",
        "news",
        "町の計画のいま",
        "public_plan",
        90,
        "町が約束した目標と、その達成",
    )
)
cards.register(
    Card("rating", "message_page", 90, "plan/_rating_card.html", lambda _, known: _ratable(known))
)


def _ratable(known: Context) -> Context | None:
    delivery = known.get("delivery")
    is_asked = bool(delivery) and not delivery.message.is_drill
    return {"token": delivery_token(current_town_code(), delivery.pk)} if is_asked else None
