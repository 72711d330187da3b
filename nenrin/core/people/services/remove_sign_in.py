"""Take a resident's sign-in away, for instance when the mailbox is lost."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from nenrin.core.accounts.services.end_sessions import end_sessions
from nenrin.core.audit.services.record_act import record_act

from ..models import Person


@transaction.atomic
def remove_sign_in(*, person: Person, acting_user: str) -> None:
    """End the sessions, forget passkeys and cards, and unlink; the person may be invited again.

    A user who is staff as well keeps that sign-in and loses only the link.
    """
    user = person.user
    if user is None:
        return
    Person.objects.filter(pk=person.pk).update(user=None)
    # A card that is held again is a first one, and matched anew.
    person.cards.all().delete()
    if not user.is_staff_member:
        end_sessions(user=user, acting_user=acting_user)
        Authenticator.objects.filter(user=user).delete()
        user.is_active = False
        user.save(update_fields=["is_active"])
    record_act(actor=acting_user, action="people.remove_sign_in", subject=f"person:{person.pk}")
