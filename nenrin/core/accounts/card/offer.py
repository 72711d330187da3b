"""Where the card can be used: what this installation's settings say. Speaks to nobody."""

from django.conf import settings

from .refusals import CardTrouble, Trouble


def is_offered(town: str) -> bool:
    """Whether this installation names a card service, and the service knows the town."""
    return bool(settings.NENRIN.card_issuer and settings.NENRIN.card_clients.get(town))


def client_of(town: str) -> str:
    """The client id that the service gave a town. Raises CardTrouble where it has none."""
    if not is_offered(town):
        raise CardTrouble(Trouble.OFF, "no client")
    return str(settings.NENRIN.card_clients[town])
