"""Lines of the menus that belong to a portal itself."""

from nenrin.core.ui.menu import MenuEntry, menu

menu.register(MenuEntry("desk", "staff", "now", "わたしの机", "staff_home", 10))
