"""A clerk goes on with what somebody began at home, who stands before them now."""

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ...locking import lock
from ...models import Application, Identity
from .start_application import Starter


@transaction.atomic
def take_over_draft(*, application: Application, starter: Starter, acting_user: str) -> None:
    """The draft is the clerk's to type, and what is known of the person now stands in it.

    What was written stays, and so does the way back of whoever began it. One that was sent is left
    as it is.
    """
    found = lock(application)
    if found.case_id is not None:
        return
    if found.typed_by != acting_user:
        record_act(
            actor=acting_user,
            action="procedures.take_over",
            subject=f"application:{found.pk}",
        )
    found.typed_by, found.mouth = acting_user, starter.mouth
    if starter.identity == Identity.DESK:
        found.identity = starter.identity
    if found.person is None:
        found.person, found.household = starter.person, starter.household
    found.save(update_fields=["typed_by", "mouth", "identity", "person", "household"])
