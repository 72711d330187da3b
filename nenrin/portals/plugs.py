"""Lines of the menus that belong to a portal itself."""

from nenrin.core.messaging.tokens import delivery_token
from nenrin.core.tenancy.scope import current_town_code
from nenrin.core.ui.cards import Card, Context, cards
from nenrin.core.ui.menu import MenuEntry, menu

from .boards import plugs as boards  # noqa: F401
from .desk.rows import count_waiting, follow_card, home_card, may_set_rules
from .identity import plugs as identity  # noqa: F401
from .payments import plugs as payments  # noqa: F401

menu.register(MenuEntry("desk", "staff", "now", "わたしの机", "staff_home", 10))
menu.register(
    MenuEntry(
        "receive",
        "resident",
        "settings",
        "知らせを受けとる",
        "receive",
        10,
        "この端末に通知で届けます",
    )
)
menu.register(
    MenuEntry(
        "household_card",
        "resident",
        "life",
        "わが家のカード",
        "household_card",
        30,
        "家族・避難所・電話を、電波がないときも",
        visible=lambda request: request.user.is_authenticated,
    )
)
menu.register(MenuEntry("orders", "staff", "now", "知らせと発令", "desk", 20, badge=count_waiting))
menu.register(
    MenuEntry(
        "consent", "staff", "settings", "同意の決まり", "desk_consent", 40, visible=may_set_rules
    )
)
cards.register(Card("desk_waits", "staff_home", 10, "desk/_home_card.html", home_card))
menu.register(MenuEntry("editor", "staff", "services", "手続きを作る・直す", "editor_list", 7))
cards.register(Card("follow", "reach_page", 10, "desk/_follow_card.html", follow_card))
menu.register(MenuEntry("catalogue", "staff", "settings", "部品の見本", "staff_catalogue", 90))
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
    if delivery is None or delivery.message.is_drill:
        return None
    return {"token": delivery_token(current_town_code(), delivery.pk)}
