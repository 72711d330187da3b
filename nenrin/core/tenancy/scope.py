"""The town scope: set per transaction, so that a pooled connection cannot carry it along."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

SETTING = "nenrin.town"


class NoTownScope(Exception):
    """Work on a town's rows was begun outside `town_scope`."""


def current_town_code() -> str:
    """Code of the town in scope; raises NoTownScope outside one."""
    code = getattr(connection, "nenrin_town", "")
    if not code:
        raise NoTownScope("no town in scope: wrap the work in town_scope(code)")
    return str(code)


def default_town_code() -> str | None:
    """Town of a new row; None outside a scope, which the database then refuses."""
    return getattr(connection, "nenrin_town", "") or None


@contextmanager
def town_scope(code: str) -> Iterator[None]:
    """Open a transaction (or a savepoint) in which only the rows of town ``code`` exist.

    Scopes nest; the outer town is back in force afterwards. A connection that broke while no
    transaction was open (the server restarted) is opened anew; one that came from a pool goes back
    with the end of the outermost scope, so that a job talking to the network holds none.
    """
    outer = getattr(connection, "nenrin_town", "")
    _let_go()
    with transaction.atomic():
        _set(code)
        connection.nenrin_town = code  # type: ignore[attr-defined]
        try:
            yield
        finally:
            connection.nenrin_town = outer  # type: ignore[attr-defined]
        if outer != code and not connection.needs_rollback:
            _set(outer)
    _let_go()


def _let_go() -> None:
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def _set(code: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, code])
