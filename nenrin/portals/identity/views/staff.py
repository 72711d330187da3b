"""カードの確認: cards that the register does not answer by itself, decided by a person."""

from dataclasses import dataclass

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from nenrin.core.organization.access import staff_required
from nenrin.core.organization.roles import Role
from nenrin.core.people.card_candidates import Candidate, candidates_for, card_says
from nenrin.core.people.matching import Described
from nenrin.core.people.models import CardIdentity, Person
from nenrin.core.people.services.settle_card import CardNotSettled, confirm_card, decline_card

SETTLED_SHOWN, WAITING_SHOWN = 20, 20


@dataclass(frozen=True)
class Waiting:
    """A card with what it says, and whom it may mean."""

    card: CardIdentity
    says: Described
    candidates: list[Candidate]


@require_GET
@staff_required(role=Role.DESK)
def show(request: HttpRequest) -> HttpResponse:
    """What waits, and the last answers."""
    return _page(request)


def _page(request: HttpRequest, status: int = 200, **more: object) -> HttpResponse:
    cards = CardIdentity.objects.filter(state=CardIdentity.State.WAITING).select_related("user")
    says = [(card, card_says(card.says)) for card in cards[:WAITING_SHOWN]]
    settled = CardIdentity.objects.exclude(settled_at=None).select_related("person")
    context = {
        "waiting": [Waiting(card, told, candidates_for(told)) for card, told in says],
        "more": max(0, cards.count() - WAITING_SHOWN),
        "settled": settled.order_by("-settled_at")[:SETTLED_SHOWN],
    }
    response = render(request, "identity/cards.html", context | more, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@staff_required(role=Role.DESK)
def confirm(request: HttpRequest, card: int) -> HttpResponse:
    """Say that the card is this resident's."""
    found = get_object_or_404(CardIdentity, pk=card)
    person = Person.objects.filter(pk=_number(request.POST.get("person", ""))).first()
    try:
        if person is None:
            raise CardNotSettled("どの人のカードかを選んでください。")
        confirm_card(card=found, person=person, acting_user=str(request.user))
    except CardNotSettled as refusal:
        return _page(request, 400, refused=found.pk, reason=str(refusal), gone=_is_gone(found))
    notes.success(request, "結びつけました。本人の世帯に知らせます。")
    return redirect("staff_cards")


@require_POST
@staff_required(role=Role.DESK)
def decline(request: HttpRequest, card: int) -> HttpResponse:
    """Say that it is nobody's here, and why."""
    found = get_object_or_404(CardIdentity, pk=card)
    typed = request.POST.get("reason", "")
    try:
        decline_card(card=found, reason=typed, acting_user=str(request.user))
    except CardNotSettled as refusal:
        more = {"reason": str(refusal), "typed": typed, "gone": _is_gone(found)}
        return _page(request, 400, refused=found.pk, **more)
    notes.success(request, "結びつけませんでした。わけは本人のページに出ます。")
    return redirect("staff_cards")


def _is_gone(card: CardIdentity) -> bool:
    """Whether somebody else answered meanwhile: it is not on the page any more."""
    return not CardIdentity.objects.filter(pk=card.pk, state=CardIdentity.State.WAITING).exists()


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
