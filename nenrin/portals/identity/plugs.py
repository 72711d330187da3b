"""Where the card shows itself."""

from django.http import HttpRequest

from nenrin.core.accounts.card.offer import is_offered
from nenrin.core.organization.access import may
from nenrin.core.organization.roles import Role
from nenrin.core.people.models import CardIdentity
from nenrin.core.ui.cards import Card, Context, cards
from nenrin.core.ui.menu import MenuEntry, menu


def _waiting() -> int:
    return CardIdentity.objects.filter(state=CardIdentity.State.WAITING).count()


def _may_sign_in(request: HttpRequest) -> bool:
    town = request.town  # type: ignore[attr-defined]
    return is_offered(town.code) and not request.user.is_authenticated


def _home(request: HttpRequest, _known: Context) -> Context | None:
    count = _waiting() if may(request, Role.DESK) else 0
    return {"count": count} if count else None


menu.register(
    MenuEntry(
        "staff_cards", "staff", "services", "カードの確認", "staff_cards", 25,
        badge=lambda _request: _waiting(), visible=lambda request: may(request, Role.DESK),
    )
)  # fmt: skip
menu.register(
    MenuEntry(
        "card_start", "resident", "settings", "マイナンバーカードでサインイン", "card_start", 30,
        "カードをかざして、本人と確かめます",
        visible=_may_sign_in,
    )
)  # fmt: skip
cards.register(Card("card_checks", "staff_home", 30, "identity/_home_card.html", _home))
