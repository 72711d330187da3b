"""Where the watch shows itself."""

from django.http import HttpRequest

from nenrin.core.audit.wording import register_wordings
from nenrin.core.ui.cards import Card, Context, cards
from nenrin.core.ui.menu import MenuEntry, menu

from .models import Concern
from .selectors import open_concerns


def _waiting(request: HttpRequest) -> int:
    return Concern.objects.filter(state=Concern.State.NEW).count()


def _desk(request: HttpRequest, known: Context) -> Context | None:
    waiting = list(open_concerns()[:5])
    return {"concerns": waiting} if waiting else None


menu.register(MenuEntry("watch", "staff", "life", "見守り", "staff_watch", 10, badge=_waiting))
cards.register(Card("watch", "staff_home", 40, "watch/_desk.html", _desk))
register_wordings(
    {
        "watch.plan": "見守りを始めた・変えた",
        "watch.end": "見守りをやめた",
        "watch.open_concern": "見守りで気になることが出た",
    }
)
