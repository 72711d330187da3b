"""Where support visits show themselves."""

from django.http import HttpRequest

from nenrin.core.audit.wording import register_wordings
from nenrin.core.ui.cards import Card, Context, cards
from nenrin.core.ui.menu import MenuEntry, menu

from .models import SupportRequest
from .selectors import open_requests


def _waiting(request: HttpRequest) -> int:
    return SupportRequest.objects.filter(state=SupportRequest.State.NEW).count()


def _desk(request: HttpRequest, known: Context) -> Context | None:
    waiting = _waiting(request)
    return {"waiting": waiting, "oldest": open_requests().first()} if waiting else None


register_wordings(
    {
        "support.ask": "デジタルの手助けを頼んだ",
        "support.plan": "手助けの訪問を決めた",
        "support.visit": "手助けの訪問を書いた",
    }
)
menu.register(
    MenuEntry(
        "support-desk", "staff", "services", "デジタルソーター", "staff_support", 40, badge=_waiting
    )
)
menu.register(
    MenuEntry(
        "support",
        "resident",
        "consult",
        "スマホ・タブレットの手助けを頼む",
        "support",
        10,
        "デジタルソーターが、家や役場でお手伝いします",
    )
)
cards.register(Card("support", "staff_home", 50, "support/_desk.html", _desk))
