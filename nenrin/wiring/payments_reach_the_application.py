"""When a fee is paid, waived or given back, the desk's list and the applicant hear of it."""

from nenrin.core.events.bus import listen
from nenrin.engines.payments.events import MoneyReceived, MoneyReturned, RequestSettled
from nenrin.residents.procedures.fees import application_of, note_settled
from nenrin.residents.procedures.telling import tell

ACTOR = "payments"


def tick_the_fee(event: RequestSettled) -> None:
    """The desk need not look for the money any more."""
    if application := application_of(event.subject):
        note_settled(application=application, acting_user=ACTOR)


def tell_of_money(event: MoneyReceived) -> None:
    """The applicant hears that it came."""
    if application := application_of(event.subject):
        tell(application=application, turn="paid", acting_user=ACTOR)


def tell_of_refund(event: MoneyReturned) -> None:
    """The applicant hears that it went back."""
    if application := application_of(event.subject):
        tell(application=application, turn="refunded", acting_user=ACTOR)


listen(RequestSettled, tick_the_fee)
listen(MoneyReceived, tell_of_money)
listen(MoneyReturned, tell_of_refund)
