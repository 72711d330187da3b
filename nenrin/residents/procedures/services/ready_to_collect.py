"""Say that what was asked for can be fetched, or goes by post."""

from django.db import transaction

from nenrin.engines.casework.models import Collection
from nenrin.engines.casework.services.collect import make_ready

from ..locking import lock_sent
from ..models import Application
from ..telling import tell


@transaction.atomic
def ready_to_collect(
    *, application: Application, way: str, words: str, acting_user: str
) -> Collection:
    """Note it and tell the applicant once. Raises ApplicationRefused, CaseRefused."""
    found = lock_sent(application)
    before = Collection.objects.filter(case=found.case).first()
    made = make_ready(case=found.sent_case, way=way, words=words, acting_user=acting_user)
    if before is None or before.way != made.way:
        places = {"way": made.get_way_display()}
        tell(application=found, turn="ready", acting_user=acting_user, places=places)
    return made
