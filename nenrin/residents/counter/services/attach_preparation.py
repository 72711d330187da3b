"""The number at a window belongs to whoever prepared this."""

from uuid import UUID

from django.db import transaction

from ..models import Preparation, Ticket


@transaction.atomic
def attach_preparation(*, ticket: UUID, preparation: Preparation) -> None:
    """So that the visit is asked about once; a number that has another preparation keeps it."""
    Ticket.objects.filter(pk=ticket, preparation=None).update(preparation=preparation)
