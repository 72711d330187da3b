"""Send to a person's addresses only while the person agrees to it."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.messaging.models import Endpoint


@transaction.atomic
def follow_consent(*, person: int, is_given: bool) -> int:
    """Open or close the addresses of a person (an id); returns how many changed.

    An address that was given up stays so. The household's tablet is nobody's own and stays on.
    """
    own = Endpoint.objects.filter(person=person, retired_at=None)
    if is_given:
        return own.filter(consented_at=None).update(consented_at=timezone.now())
    return own.exclude(consented_at=None).update(consented_at=None)
