"""Keep what was typed. A draft changes with every page, so the trail says nothing of it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ...locking import locked_application
from ...models import Application
from ...signing.services.void_signatures import void_signatures


@transaction.atomic
def save_answers(
    *,
    application: Application,
    before: Mapping[str, Any],
    answers: Mapping[str, Any],
    acting_user: str = "applicant",
) -> None:
    """Keep what this page changed: a second tab on another page loses nothing.

    ``before`` are the answers the page was made from. Raises ApplicationRefused once it was sent
    and nothing is to be mended. A signature on what changed is void.
    """
    found = locked_application(application)
    changed = {name: value for name, value in answers.items() if before.get(name) != value}
    gone = before.keys() - answers.keys()
    if not changed and not gone:
        return
    merged = {name: value for name, value in found.answers.items() if name not in gone}
    found.answers = application.answers = merged | changed
    found.save(update_fields=["answers", "changed_at"])
    void_signatures(application=found, acting_user=acting_user)
