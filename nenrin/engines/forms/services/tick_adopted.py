"""Note that a person looked at something that came from another town."""

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ..models import DefinitionDraft
from .change_draft import locked_draft


@transaction.atomic
def tick_adopted(
    *, draft: DefinitionDraft, revision: int, key: str, acting_user: str
) -> DefinitionDraft:
    """It need not be checked any more. Raises DraftMoved."""
    found = locked_draft(draft, revision)
    if key not in found.to_check:
        return found
    found.to_check = [one for one in found.to_check if one != key]
    found.revision += 1
    found.edited_by = acting_user
    found.save(update_fields=["to_check", "revision", "edited_by", "edited_at"])
    record_act(
        actor=acting_user,
        action="forms.draft_check",
        subject=f"form:{found.slug}",
        detail={"what": key},
    )
    return found
