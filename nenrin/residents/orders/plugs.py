"""Where the town's orders stand on pages of others."""

from django.http import HttpRequest

from nenrin.core.audit.wording import register_wordings
from nenrin.core.ui.cards import Card, Context, cards

from .levels import Kind
from .selectors import district_names, message_order, orders_in_force


def _in_force(request: HttpRequest, known: Context) -> Context | None:
    """Every district's real order; a drill stands on its own message, where it is marked."""
    orders = orders_in_force()
    return {"orders": orders} if orders else None


def _of_message(request: HttpRequest, known: Context) -> Context | None:
    """The order a message gave, and to which districts."""
    message = known.get("message")
    written = message_order(message.pk) if message else None
    if written is None or written.kind != Kind.ORDER:
        return None
    names = [] if written.is_whole_town else district_names(written.districts)
    return {"written": written, "districts": names}


cards.register(Card("orders", "resident_home", 5, "orders/_in_force.html", _in_force))
cards.register(Card("order_of_message", "message_page", 5, "orders/_of_message.html", _of_message))
register_wordings(
    {
        "orders.start": "知らせを書き始めた",
        "orders.asked": "同意を頼んだ",
        "orders.taken_back": "同意の頼みを取り下げた",
        "orders.returned": "知らせを差し戻した",
        "orders.consented": "知らせに同意した",
        "orders.released": "知らせを送った",
        "orders.broke_glass": "同意を待たずに一人で送った",
        "orders.reviewed": "一人で送られた知らせを確かめた",
        "orders.discarded": "知らせを取りやめた",
        "orders.taken_over": "自動で出た知らせを引き継いだ",
        "orders.close": "出来事を終えた",
        "orders.consent_rules": "同意の決まりを変えた",
    }
)
