"""Ask for help with a phone or tablet."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from nenrin.core.areas.models import District
from nenrin.core.audit.services.record_act import record_act
from nenrin.core.people.models import Person

from ..models import SupportRequest


@dataclass(frozen=True)
class Asked:
    """Who asks, how to call them, and what is the matter (a Trouble)."""

    name: str
    telephone: str
    district: District
    trouble: str
    words: str = ""


@transaction.atomic
def ask_support(*, asked: Asked, person: Person | None, acting_user: str) -> SupportRequest:
    """Keep the request; staff find it on their desk."""
    request = SupportRequest.objects.create(person=person, asked_at=timezone.now(), **vars(asked))
    record_act(
        actor=acting_user,
        action="support.ask",
        subject=f"support:{request.pk}",
        detail={"trouble": asked.trouble},
    )
    return request
