"""Throw a draft away; what is published stays."""

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ..models import DefinitionDraft
from .change_draft import locked_draft


@transaction.atomic
def discard_draft(*, draft: DefinitionDraft, revision: int, acting_user: str) -> None:
    """Delete it. Raises DraftMoved where somebody changed it meanwhile."""
    found = locked_draft(draft, revision)
    slug = found.slug
    found.delete()
    record_act(actor=acting_user, action="forms.draft_discard", subject=f"form:{slug}")
