"""Lines of the menus that belong to a portal itself."""

from nenrin.core.ui.cards import Card, cards
from nenrin.core.ui.menu import MenuEntry, menu

from .desk.rows import count_waiting, home_card

menu.register(MenuEntry("desk", "staff", "now", "わたしの机", "staff_home", 10))
menu.register(
    MenuEntry("orders", "staff", "now", "知らせと発令", "desk", 20, badge=count_waiting)
)
cards.register(Card("desk_waits", "staff_home", 10, "desk/_home_card.html", home_card))
