"""Links for visitors: their households of one message on their own phone, without a sign-in."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.people.models import Visitor

from ...models import Message, VisitLink

GRACE = timedelta(hours=24)
NOTED_EVERY = timedelta(minutes=10)


@transaction.atomic
def issue_visit_link(*, message: Message, visitor: Visitor, acting_user: str) -> VisitLink:
    """The visitor's link for a message; the one that holds already, or a new one.

    It ends a day after the message does, and never sooner than a day from now.
    """
    now = timezone.now()
    message = Message.objects.select_for_update(no_key=True).get(pk=message.pk)
    mine = VisitLink.objects.filter(message=message, visitor=visitor, revoked_at=None)
    if held := mine.filter(expires_at__gt=now).first():
        return held
    mine.update(revoked_at=now)
    link = VisitLink.objects.create(
        message=message,
        visitor=visitor,
        issued_by=acting_user,
        issued_at=now,
        expires_at=max(message.expires_at, now) + GRACE,
    )
    _record("messaging.issue_visit_link", link, acting_user)
    return link


@transaction.atomic
def revoke_visit_link(*, link: VisitLink, acting_user: str) -> None:
    """End a link at once, for instance when the paper with its QR code was lost."""
    found = VisitLink.objects.select_for_update().get(pk=link.pk)
    if found.revoked_at is None:
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])
        _record("messaging.revoke_visit_link", found, acting_user)


@transaction.atomic
def note_opening(*, link: VisitLink) -> None:
    """Keep in the trail that the list was looked at, at most every ten minutes."""
    now = timezone.now()
    stale = VisitLink.objects.filter(pk=link.pk).exclude(last_opened_at__gt=now - NOTED_EVERY)
    if stale.update(last_opened_at=now):
        _record("messaging.open_visit_link", link, str(link.visitor))


def _record(action: str, link: VisitLink, acting_user: str) -> None:
    record_act(
        actor=acting_user,
        action=action,
        subject=f"message:{link.message_id}",
        detail={"link": link.pk, "visitor": link.visitor_id},
    )
