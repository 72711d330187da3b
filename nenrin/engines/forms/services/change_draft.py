"""Change one piece of a draft; who comes second is told, and nothing is overwritten unseen."""

from datetime import datetime

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ..drafting.content import Change, PieceGone
from ..models import DefinitionDraft


class DraftMoved(Exception):
    """Somebody else changed the draft since the page was made, or it is gone (``by`` is empty)."""

    def __init__(self, by: str, at: datetime | None, revision: int) -> None:
        super().__init__(f"revision {revision}")
        self.by = by
        self.at = at
        self.revision = revision


@transaction.atomic
def change_draft(
    *, draft: DefinitionDraft, revision: int, change: Change, what: str, acting_user: str
) -> DefinitionDraft:
    """Apply ``change`` to the newest content, if that is still what the page was made from.

    Raises DraftMoved. Changing nothing leaves the revision as it is.
    """
    found = locked_draft(draft, revision)
    try:
        content = change(found.content)
    except PieceGone as gone:
        raise DraftMoved(found.edited_by, found.edited_at, found.revision) from gone
    if content == found.content:
        return found
    found.content = content
    found.revision += 1
    found.edited_by = acting_user
    found.save(update_fields=["content", "revision", "edited_by", "edited_at"])
    record_act(
        actor=acting_user,
        action="forms.draft_change",
        subject=f"form:{found.slug}",
        detail={"what": what, "revision": found.revision},
    )
    return found


def locked_draft(draft: DefinitionDraft, revision: int) -> DefinitionDraft:
    """The draft, locked until the transaction ends. Raises DraftMoved."""
    found = DefinitionDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if found is None:
        raise DraftMoved("", None, 0)
    if found.revision != revision:
        raise DraftMoved(found.edited_by, found.edited_at, found.revision)
    return found
