"""What the boards add to the menu; their report sections and facts register where they stand."""

from nenrin.core.ui.menu import MenuEntry, menu

from . import facts, report  # noqa: F401

menu.register(MenuEntry("reach", "staff", "now", "届いた輪", "staff_reach_list", 20))
