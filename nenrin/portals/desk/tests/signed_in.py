"""Staff clients to test with."""

from django.test import Client

from nenrin.core.accounts.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def client_of(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user, BACKEND)
    return client
