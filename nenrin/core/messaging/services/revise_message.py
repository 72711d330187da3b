"""Change the words or the audience of a message that has not gone out yet."""

from collections.abc import Sequence

from django.db import transaction

from ..models import Audience, Message
from .compose_message import Draft
from .release_message import NotReleasable


@transaction.atomic
def revise_message(
    *,
    message: Message,
    draft: Draft,
    districts: Sequence[int] = (),
    supersedes: Message | None = None,
) -> Message:
    """Give an unreleased message other words and another audience; who made it stays.

    Raises NotReleasable for a message that went out: its words do not change any more.
    """
    found = Message.objects.select_for_update(no_key=True).get(pk=message.pk)
    if found.released_at:
        raise NotReleasable(
            "この知らせはすでに出ています。直すときは新しい知らせで更新してください。"
        )
    kept = ("source", "source_reference")
    for name, value in vars(draft).items():
        if name not in kept:
            setattr(found, name, value)
    found.supersedes = supersedes or found.supersedes
    found.save()
    kind = Audience.Kind.DISTRICTS if districts else Audience.Kind.ALL
    Audience.objects.filter(message=found).update(kind=kind, districts=list(districts))
    return found
