"""Code that forgets the filter, even raw SQL, sees and touches nothing."""

import pytest
from django.db import DatabaseError, connection, transaction

from nenrin.core.tenancy.row_security import GLOBAL_APPS, GLOBAL_MODELS, scoped_tables
from nenrin.core.tenancy.scope import SETTING

from .world import OUR_CODE, THEIR_CODE

VIEWS = "SELECT viewname FROM pg_views WHERE schemaname = 'public'"
STRONG_ROUTINES = """
SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
"""
# Empties what a finished case said once its time is over. Its owner, too, is bound to the scope.
REVIEWED_ROUTINES = {"procedures_forget"}
TABLES = [table for table, _ in scoped_tables()]


def _scope(town: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, town])


def _count(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])


def _refused(reason: str, statement: str, values: list[str] | None = None) -> None:
    with pytest.raises(DatabaseError, match=reason), transaction.atomic():
        connection.cursor().execute(statement, values)


def _views() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(VIEWS)
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture
def counts(world):
    """Rows of our town by table, as a check that the tests below look at something."""
    _scope(OUR_CODE)
    found = {name: _count(f'SELECT count(*) FROM "{name}"') for name in [*TABLES, *_views()]}
    assert sum(1 for count in found.values() if count) > 20
    return found


@pytest.mark.parametrize("scope", ["", THEIR_CODE, "000000", "063614' OR '1'='1"])
def test_no_row_of_ours_is_seen(counts, scope):
    _scope(OUR_CODE)
    ours = {
        name: _count(f"SELECT count(*) FROM \"{name}\" WHERE town_id = '{OUR_CODE}'")
        for name in TABLES
        if _has_town(name)
    }
    _scope(scope)
    for name in counts:
        if scope != THEIR_CODE:
            assert _count(f'SELECT count(*) FROM "{name}"') == 0, name
        elif name in ours:
            seen = _count(f"SELECT count(*) FROM \"{name}\" WHERE town_id = '{OUR_CODE}'")
            assert seen == 0, name
    assert sum(ours.values()) > 100


def _has_town(table: str) -> bool:
    query = "SELECT count(*) FROM information_schema.columns WHERE column_name = 'town_id'"
    return bool(_count(f"{query} AND table_name = '{table}'"))


@pytest.mark.parametrize("scope", ["", THEIR_CODE])
def test_no_row_of_ours_is_changed_or_deleted(world, counts, scope):
    before = world.rows()
    _scope(scope)
    for name in ("people_person", "people_household", "messaging_delivery", "files_storedfile"):
        with connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{name}" SET town_id = town_id WHERE town_id = %s', [OUR_CODE])
            assert cursor.rowcount == 0
            cursor.execute(f'DELETE FROM "{name}" WHERE town_id = %s', [OUR_CODE])
            assert cursor.rowcount == 0
    _scope(OUR_CODE)
    assert world.rows() == before


@pytest.mark.parametrize("scope", ["", THEIR_CODE])
def test_nothing_is_put_into_our_town_from_outside(counts, scope):
    _scope(scope)
    insert = "INSERT INTO organization_section (town_id, code, name) VALUES (%s, 'x', 'x')"
    _refused("row-level security", insert, [OUR_CODE])
    _scope(OUR_CODE)


def test_a_row_cannot_be_carried_to_another_town(counts):
    _scope(OUR_CODE)
    move = "UPDATE organization_section SET town_id = %s"
    _refused("row-level security", move, [THEIR_CODE])


def test_no_routine_runs_with_its_owners_rights(db):
    with connection.cursor() as cursor:
        cursor.execute(STRONG_ROUTINES)
        assert {name for (name,) in cursor.fetchall()} == REVIEWED_ROUTINES


def test_the_reviewed_routine_reaches_no_other_town(world):
    application = str(world.belongings["application"])
    _scope(OUR_CODE)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procedures_application SET erased_at = now() WHERE id = %s", [application]
        )
        for scope, is_left in ((THEIR_CODE, True), (OUR_CODE, False)):
            _scope(scope)
            cursor.execute("SELECT procedures_forget(%s)", [application])
            _scope(OUR_CODE)
            cursor.execute(
                "SELECT bool_or(answers <> '{}') FROM procedures_applicationrevision"
                " WHERE application_id = %s",
                [application],
            )
            assert cursor.fetchone() == (is_left,)


def test_the_audit_trail_is_only_added_to(world):
    for statement in ("UPDATE audit_auditentry SET actor = 'x'", "DELETE FROM audit_auditentry"):
        _refused("permission denied", statement)


def test_the_global_list_stays_short():
    assert len(GLOBAL_APPS) <= 5 and len(GLOBAL_MODELS) <= 8
