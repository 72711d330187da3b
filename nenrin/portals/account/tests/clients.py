"""Browsers that are signed in."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from nenrin.core.accounts.models import User
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.people.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def client_of(user: User) -> Client:
    """A browser in which this user is signed in."""
    client = Client()
    client.force_login(user, BACKEND)
    UserSession.objects.create(
        user=user, session_key=client.session.session_key, ip="127.0.0.1", user_agent="Android"
    )
    return client


def resident_client(person: Person, email: str = "taro@example.invalid") -> Client:
    """A browser of a resident, whose sign-in is made and linked."""
    person.user = User.objects.create_user(email, name=str(person))
    EmailAddress.objects.create(user=person.user, email=email, verified=True, primary=True)
    person.save()
    return client_of(person.user)


def staff_client(*roles: str, email: str = "staff@kaneyama.invalid") -> Client:
    """A browser of a staff member with these roles and a second factor."""
    user = User.objects.create_user(email, name="職員", kind=User.Kind.STAFF)
    section, _ = Section.objects.get_or_create(code="t1", defaults={"name": "総務課"})
    StaffMember.objects.create(user=user, section=section, post="主事", roles=list(roles))
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    return client_of(user)
