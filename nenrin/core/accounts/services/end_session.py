"""End one session: a device of one's own, or one that staff have been told is lost."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from nenrin.core.audit.services.record_act import record_act


@transaction.atomic
def end_session(*, session: UserSession, acting_user: str) -> None:
    """Sign this device out at once."""
    Session.objects.filter(session_key=session.session_key).delete()
    record_act(
        actor=acting_user,
        action="accounts.end_session",
        subject=f"user:{session.user_id}",
        detail={"session": session.pk},
    )
    session.delete()
