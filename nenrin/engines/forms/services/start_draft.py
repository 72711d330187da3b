"""Begin to write a definition: from nothing, from a version, or from another town's file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from nenrin.core.audit.services.record_act import record_act

from ..models import DefinitionDraft, DefinitionVersion


class DraftRefused(Exception):
    """It cannot be begun or changed so; the text says what to do, in Japanese."""


@dataclass(frozen=True)
class Origin:
    """Where a draft comes from: a version of one's own, or another town with what to check."""

    based_on: DefinitionVersion | None = None
    came_from: str = ""
    to_check: Sequence[str] = ()


@transaction.atomic
def start_draft(
    *, content: dict[str, Any], origin: Origin | None = None, acting_user: str
) -> DefinitionDraft:
    """One draft at a time for each short name. Raises DraftRefused."""
    source = origin or Origin()
    slug = str(content["slug"])
    try:
        with transaction.atomic():
            draft = DefinitionDraft.objects.create(
                slug=slug,
                content=content,
                based_on=source.based_on,
                came_from=source.came_from,
                to_check=list(source.to_check),
                started_by=acting_user,
                edited_by=acting_user,
            )
    except IntegrityError as error:
        found = DefinitionDraft.objects.filter(slug=slug).first()
        who = f"（{found.edited_by}）" if found else ""
        words = f"「{slug}」は、もう書きかけがあります{who}。その続きを開いてください。"
        raise DraftRefused(words) from error
    record_act(
        actor=acting_user,
        action="forms.draft_start",
        subject=f"form:{slug}",
        detail={"came_from": source.came_from} if source.came_from else {},
    )
    return draft
