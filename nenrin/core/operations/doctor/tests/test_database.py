"""Each lock is opened for real, and the doctor sees it."""

import time

import pytest
from django.conf import settings
from django.db import connections
from django.db.utils import ConnectionHandler

from nenrin.core.operations.doctor import database
from nenrin.core.operations.doctor.contract import Check
from nenrin.core.operations.doctor.examine import examine
from nenrin.core.operations.owner import owner_connection


def _found(find):
    return [finding.what for finding in find()]


@pytest.mark.parametrize("check", database.DATABASE_CHECKS, ids=lambda check: check.key)
@pytest.mark.django_db(databases=["default", "owner"])
def test_a_healthy_database_has_no_findings(check):
    assert _found(check.find) == []


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_migration_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(database, "connection", connections["owner"])
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'files'")
    assert "files.0001_initial" in _found(database.find_pending_migrations)[0]


@pytest.mark.parametrize(
    ("open_it", "close_it"),
    [
        ("NO FORCE ROW LEVEL SECURITY", "FORCE ROW LEVEL SECURITY"),
        ("DISABLE ROW LEVEL SECURITY", "ENABLE ROW LEVEL SECURITY"),
    ],
)
def test_a_table_without_its_guard_is_named(db, open_it, close_it):
    with owner_connection() as owner:
        owner.execute(f"ALTER TABLE files_storedfile {open_it}")
        try:
            assert "files_storedfile" in _found(database.find_unguarded_tables)[0]
        finally:
            owner.execute(f"ALTER TABLE files_storedfile {close_it}")


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_role_that_owns_tables_is_told(monkeypatch):
    monkeypatch.setattr(database, "connection", connections["owner"])
    assert "の表を持っています" in " ".join(_found(database.find_strong_role))


def test_a_role_above_the_locks_is_told(db, monkeypatch):
    superuser = dict(settings.DATABASES["owner"], OPTIONS={}, TEST={})
    if not settings.NENRIN.database_url:
        superuser["USER"] = "postgres"
    handler = ConnectionHandler({"default": superuser})
    monkeypatch.setattr(database, "connection", handler["default"])
    assert "行の守りがききません" in _found(database.find_strong_role)[0]
    handler.close_all()


@pytest.mark.parametrize(("shift", "way"), [(90, "進んで"), (-90, "遅れて")])
def test_a_wrong_clock_is_told(db, monkeypatch, shift, way):
    real = time.time
    monkeypatch.setattr(database.time, "time", lambda: real() + shift)
    assert f"90 秒{way}" in _found(database.find_wrong_clock)[0]


def test_a_check_that_breaks_is_a_finding():
    def broken():
        raise RuntimeError("山田花子")
        yield

    (examined,) = examine([Check("x", "何か", broken)])
    assert "RuntimeError" in examined.findings[0].what and "山田" not in str(examined)
