"""Links that belong to the town hall's own machines: the kiosk page and the question of a visit."""

from django.core import signing
from django.http import Http404

from nenrin.core.tenancy.scope import current_town_code
from nenrin.residents.counter.codes import face_token, read_face_token
from nenrin.residents.counter.models import Preparation, Ticket

SALT = "counter.kiosk"


def kiosk_token() -> str:
    """The word in the address of this town's kiosk."""
    return signing.dumps(current_town_code(), salt=SALT)


def need_kiosk(token: str) -> None:
    """Raises Http404 for another town's or a made-up link."""
    try:
        town = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    if town != current_town_code():
        raise Http404


def face_of_ticket(ticket: Ticket) -> str:
    """The link's word that asks about a number's visit."""
    return face_token(current_town_code(), "ticket", str(ticket.pk))


def face_of_visit(preparation: Preparation) -> str:
    """The same for a visit; one that had a number is asked about by it."""
    ticket = preparation.tickets.order_by("-taken_at").first()
    if ticket is not None:
        return face_of_ticket(ticket)
    return face_token(current_town_code(), "visit", str(preparation.pk))


def visit_of(token: str) -> tuple[str, str]:
    """What the visit was about, and who answers. Raises Http404."""
    try:
        town, kind, key = read_face_token(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Http404 from error
    if town != current_town_code():
        raise Http404
    if kind == "ticket":
        ticket = Ticket.objects.select_related("service").filter(pk=key).first()
        return (ticket.service.code if ticket else "visit"), f"ticket:{key}"
    return "visit", f"visit:{key}"
