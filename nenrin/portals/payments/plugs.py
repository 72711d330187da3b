"""Where payments show themselves on pages of others."""

from nenrin.core.ui.cards import Card, cards
from nenrin.core.ui.menu import MenuEntry, menu
from nenrin.residents.payments.subjects import subject_kinds

from .cards import money_for_desk, money_of, waiting_for_me
from .subjects import application_kind

menu.register(
    MenuEntry(
        "payments",
        "resident",
        "procedures",
        "わたしの支払い",
        "my_payments",
        30,
        "手数料を払う・領収書を受け取る",
        badge=waiting_for_me,
    )
)
cards.register(Card("money", "application_page", 10, "payments/_application_card.html", money_of))
cards.register(Card("money-desk", "case_page", 10, "payments/_case_card.html", money_for_desk))
subject_kinds.register(application_kind)
