"""A resident, and the browser in which they have signed in."""

import pytest
from django.test import Client

from nenrin.core.people.models import Person
from nenrin.residents.procedures.tests.factories import resident


@pytest.fixture
def person(small_town, settings, tmp_path) -> Person:
    settings.MEDIA_ROOT = tmp_path
    return resident()


@pytest.fixture
def mine(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client
