"""A connection of the owner role, beside Django's own: for COPY and long transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connections

from nenrin.core.tenancy.services.prepare_schema import OWNER_ALIAS

DJANGOS_OWN = ("cursor_factory", "context", "server_side_binding", "prepare_threshold")


@contextmanager
def owner_connection() -> Iterator[psycopg.Connection[Any]]:
    """Open one; transactions are begun by whoever uses it."""
    parameters = connections[OWNER_ALIAS].get_connection_params()
    for name in DJANGOS_OWN:
        parameters.pop(name, None)
    with psycopg.connect(**parameters, autocommit=True) as connection:
        yield connection
