"""Lines of the residents' menu that lead to 「わたし」."""

from nenrin.core.ui.menu import MenuEntry, menu

menu.register(
    MenuEntry(
        "my_devices", "resident", "settings", "わたしの端末", "my_devices", 10,
        "知らせの届く先、サインイン中の端末、パスキー", "phone",
    )
)  # fmt: skip
menu.register(
    MenuEntry(
        "my_data", "resident", "settings", "わたしの情報", "my_data", 20,
        "見る、直してもらう、受け取る、同意をやめる", "document",
    )
)  # fmt: skip
menu.register(
    MenuEntry(
        "my_family", "resident", "life", "家族と見守り", "my_family", 20,
        "いっしょに住む家族、離れて暮らす家族の安否", "people",
    )
)  # fmt: skip
