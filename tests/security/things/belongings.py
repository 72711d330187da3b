"""What a person has in the system besides messages: devices, ties, invitations, requests."""

from allauth.usersessions.models import UserSession
from django.utils import timezone

from nenrin.core.messaging.models import Endpoint
from nenrin.core.organization.models import StaffMember
from nenrin.core.people.models import Household, Invitation, Person, Relation
from nenrin.core.people.services.issue_invitation import issue_invitation
from nenrin.core.people.services.request_correction import request_correction


def make_belongings(household: Household) -> dict[str, object]:
    """One of each for the head of a household who signs in, by the names of address parts."""
    owner = household.persons.get(is_head=True)
    child = Person.objects.create(number="F-9999", family_name="秘密野", given_name="一郎")
    invitation, code = issue_invitation(
        person=owner, kind=Invitation.Kind.WATCH, email="ichiro@example.invalid", acting_user="t"
    )
    tie = Relation.objects.create(kind=Relation.Kind.WATCHES_OVER, giver=child, receiver=owner)
    session = UserSession.objects.create(
        user=owner.user, session_key="s" * 32, ip="127.0.0.1", user_agent="Android"
    )
    return {
        "person": owner.pk,
        "household": household.pk,
        "endpoint": _endpoint(owner).pk,
        "session": session.pk,
        "relation": tie.pk,
        "invitation": invitation.pk,
        "code": code,
        "asked": request_correction(person=owner, words="himitsu", acting_user="t").pk,
        "member": StaffMember.objects.get().pk,
    }


def _endpoint(owner: Person) -> Endpoint:
    now = timezone.now()
    return Endpoint.objects.create(
        household=owner.household,
        person=owner,
        kind="email",
        address="himitsu@example.invalid",
        verified_at=now,
        consented_at=now,
    )
