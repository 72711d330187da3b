"""Lines of the menus that belong to a portal itself."""

from nenrin.core.ui.menu import MenuEntry, menu

from .boards import plugs as boards  # noqa: F401

menu.register(MenuEntry("desk", "staff", "now", "わたしの机", "staff_home", 10))
