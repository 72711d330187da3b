"""Lines of the menus that belong to a portal itself."""

from nenrin.core.ui.menu import MenuEntry, menu

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
