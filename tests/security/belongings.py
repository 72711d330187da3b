"""What a person has in the system besides messages: devices, ties, invitations, requests."""

from uuid import uuid4

from allauth.usersessions.models import UserSession
from django.utils import timezone

from nenrin.core.messaging.models import Endpoint
from nenrin.core.organization.models import StaffMember
from nenrin.core.people.models import Household, Invitation, Person, Relation
from nenrin.core.people.services.issue_invitation import issue_invitation
from nenrin.core.people.services.request_correction import request_correction
from nenrin.engines.forms.services.publish_version import publish_version
from nenrin.residents.procedures.models import Identity, Mouth
from nenrin.residents.procedures.services.ask_to_mend import ask_to_mend
from nenrin.residents.procedures.services.save_answers import save_answers
from nenrin.residents.procedures.services.start_application import Starter, start_application
from nenrin.residents.procedures.services.submit_application import submit_application
from nenrin.residents.procedures.tests.factories import RECORD, record_answers, shipped


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


def make_applied_things(household: Household) -> dict[str, object]:
    """One sent application of the head of the household, by the names of address parts."""
    owner = household.persons.get(is_head=True)
    version = publish_version(definition=shipped(RECORD), acting_user="t")
    starter = Starter(Mouth.PHONE, Identity.LOGIN, owner.user, owner, household)
    application, _ = start_application(version=version, starter=starter, acting_user="t")
    secret = {"family": "秘密野", "given": "花子", "family_kana": "ヒ", "given_kana": "ハ"}
    answers = record_answers(applicant=secret)
    save_answers(application=application, before={}, answers=answers)
    case = submit_application(application=application, submission=uuid4(), acting_user="t")
    ask_to_mend(application=application, fields=["applicant"], words="himitsu", acting_user="t")
    return {"application": application.pk, "applied case": case.pk, "form": RECORD}
