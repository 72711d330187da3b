"""When a household asks for help, a case opens on the safety board."""

from nenrin.core.events.bus import listen
from nenrin.core.messaging.events import HelpRequested
from nenrin.core.messaging.models import Message
from nenrin.core.people.models import Household
from nenrin.residents.safety.services.open_case import open_case


def open_case_for_household(event: HelpRequested) -> None:
    """Open the household's case for this message."""
    open_case(
        message=Message.objects.get(pk=event.message),
        household=Household.objects.get(pk=event.household),
    )


listen(HelpRequested, open_case_for_household)
