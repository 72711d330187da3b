"""Addresses of the card; the first two are known to the middleware that speaks to its service."""

from django.urls import path

from nenrin.core.accounts.card.errand import RETURN, START

from .views import card, contact, staff

urlpatterns = [
    path(START.strip("/"), card.start, name="card_start"),
    path(RETURN.strip("/"), card.arrive, name="card_return"),
    path("card/standing", card.standing, name="card_standing"),
    path("card/jwks.json", card.keys, name="card_keys"),
    path("contact/", contact.ask, name="contact_ask"),
    path("contact/code", contact.code, name="contact_code"),
    path("staff/cards/", staff.show, name="staff_cards"),
    path("staff/cards/<int:card>/confirm", staff.confirm, name="staff_confirm_card"),
    path("staff/cards/<int:card>/decline", staff.decline, name="staff_decline_card"),
]
