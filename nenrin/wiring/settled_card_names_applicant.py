"""Once a waiting card is somebody's, so are the applications that were begun with it."""

from nenrin.core.events.bus import listen
from nenrin.core.people.events import CardSettled
from nenrin.core.people.models import Person
from nenrin.residents.procedures.services.name_applicant import name_applicant


def name_applicant_of_card(event: CardSettled) -> None:
    """Give the card's applications their applicant."""
    if event.person is not None:
        person = Person.objects.select_related("household").get(pk=event.person)
        name_applicant(card=event.card, person=person, acting_user="nenrin")


listen(CardSettled, name_applicant_of_card)
