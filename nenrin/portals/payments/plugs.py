"""Where payments show themselves on pages of others."""

from nenrin.core.ui.cards import Card, cards
from nenrin.residents.payments.subjects import subject_kinds

from .cards import money_for_desk, money_of
from .subjects import application_kind

cards.register(Card("money", "application_page", 10, "payments/_application_card.html", money_of))
cards.register(Card("money-desk", "case_page", 10, "payments/_case_card.html", money_for_desk))
subject_kinds.register(application_kind)
