"""End every session of a user, for instance after a lost phone."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ..models import User


@transaction.atomic
def end_sessions(*, user: User, acting_user: str) -> int:
    """Delete the user's sessions; returns how many there were."""
    sessions = UserSession.objects.filter(user=user)
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()
    record_act(
        actor=acting_user,
        action="accounts.end_sessions",
        subject=f"user:{user.pk}",
        detail={"sessions": len(keys)},
    )
    return len(keys)
