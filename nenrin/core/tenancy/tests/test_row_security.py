import pytest
from django.db import ProgrammingError, connection, connections, transaction

from nenrin.core.areas.models import Oaza
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.row_security import owner_sees_all
from nenrin.core.tenancy.scope import NoTownScope, current_town_code, town_scope

KANEYAMA, MOGAMI = "063614", "063622"


@pytest.fixture
def two_towns(db):
    for code, name in ((KANEYAMA, "金山町"), (MOGAMI, "最上町")):
        Town.objects.create(code=code, name=name, name_kana="", name_en="", slug=f"t{code}")
        with town_scope(code):
            Oaza.objects.create(name=f"{name}の大字", name_kana="おおあざ")


def test_each_town_sees_its_own_rows_and_no_scope_sees_none(two_towns):
    with town_scope(KANEYAMA):
        assert [oaza.name for oaza in Oaza.objects.all()] == ["金山町の大字"]
        with town_scope(MOGAMI):
            assert [oaza.name for oaza in Oaza.objects.all()] == ["最上町の大字"]
        assert Oaza.objects.get().name == "金山町の大字"
    assert not Oaza.objects.exists()


def test_a_row_of_another_town_is_refused_by_the_database(two_towns):
    with pytest.raises(ProgrammingError, match="row-level security"), town_scope(KANEYAMA):
        Oaza.objects.create(town_id=MOGAMI, name="よその大字", name_kana="")
    with town_scope(MOGAMI):
        assert Oaza.objects.count() == 1


def test_raw_sql_cannot_reach_across(two_towns):
    with town_scope(KANEYAMA), connection.cursor() as cursor:
        cursor.execute("UPDATE areas_oaza SET name = 'x' WHERE town_id = %s", [MOGAMI])
        assert cursor.rowcount == 0


def test_the_application_role_owns_nothing_and_cannot_bypass(two_towns):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls, (SELECT count(*) FROM pg_class"
            " WHERE relowner = r.oid) FROM pg_roles r WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, 0)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE areas_oaza DISABLE ROW LEVEL SECURITY")


def test_scope_is_gone_after_an_error(two_towns):
    with pytest.raises(ZeroDivisionError), town_scope(KANEYAMA):
        _ = 1 / 0
    with pytest.raises(NoTownScope):
        current_town_code()
    assert not Oaza.objects.exists()


def _seen_by_the_owner() -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM areas_oaza")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_migration_sees_every_town_and_afterwards_the_owner_is_bound_again():
    with connections["owner"].cursor() as cursor:
        for code in (KANEYAMA, MOGAMI):
            cursor.execute("SELECT set_config('nenrin.town', %s, true)", [code])
            cursor.execute(
                "INSERT INTO tenancy_town (code, name, name_kana, name_en, slug, is_active)"
                " VALUES (%s, '町', '', '', %s, true)",
                [code, f"t{code}"],
            )
            cursor.execute(
                "INSERT INTO areas_oaza (town_id, name, name_kana) VALUES (%s, '大字', '')", [code]
            )
        cursor.execute("SELECT set_config('nenrin.town', '', true)")
    connections["owner"].check_constraints()
    assert _seen_by_the_owner() == 0
    with pytest.raises(ZeroDivisionError), owner_sees_all("owner"):
        assert _seen_by_the_owner() == 2
        raise ZeroDivisionError
    assert _seen_by_the_owner() == 0
