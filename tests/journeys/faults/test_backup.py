"""A town that has lived through a drill, backed up and restored in a second place, row by row."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from nenrin.core.database import embedded
from nenrin.core.messaging.operations.ephemeral import EPHEMERAL_TABLES
from tests.fixtures.stack import NENRIN, Stack

PASSPHRASE = "金山の杉の年輪を数える人たち"
LEFT_OUT = {
    "django_session",
    "usersessions_usersession",
    "nenrin_cache",
    "procrastinate_workers",
    "prekeys_that_no_backup_holds",
    *EPHEMERAL_TABLES,
}
TABLES = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1
"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"
GUARDED = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity ORDER BY 1"
POLICIES = "SELECT tablename, qual FROM pg_policies ORDER BY 1"
TRIGGERS = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O'"
FOLDERS = ("files", "paper", "feed")


def _run(folder, *words, passphrase=PASSPHRASE, **variables):
    environment = Stack(folder, None).environment | variables
    environment |= {"NENRIN_BACKUP_PASSPHRASE": passphrase}
    command = [*NENRIN, *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)


def _rows(folder: Path, query: str):
    return Stack(folder, None).rows(query)


def _tables(folder: Path) -> list[str]:
    return [name for (name,) in _rows(folder, TABLES) if name not in LEFT_OUT]


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for name in FOLDERS for path in (folder / name).rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def source(stack) -> Path:
    """The folder of a small town after a drill, with everything stopped but the database."""
    stack.drill(12)
    stored = stack.folder / "files" / "063614" / "ab"
    stored.mkdir(parents=True)
    (stored / "abcd").write_bytes(os.urandom(3 * 1024 * 1024))
    stack.process.send_signal(signal.SIGINT)
    stack.process.wait(40)
    embedded.start(stack.folder)
    with psycopg.connect(embedded.url(stack.folder, user="nenrin_owner")) as connection:
        connection.execute("CREATE UNLOGGED TABLE prekeys_that_no_backup_holds (key text)")
        connection.execute("INSERT INTO prekeys_that_no_backup_holds VALUES ('never twice')")
    return stack.folder


@pytest.fixture(scope="module")
def backup(source, tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "town.nenrin"
    done = _run(source, "backup", file)
    assert done.returncode == 0, done.stderr
    return file


@pytest.fixture
def place(tmp_path):
    """A second place; whatever database begins there is ended."""
    folder = tmp_path / "second"
    yield folder
    embedded.stop(folder, mode="immediate")


def test_a_backup_is_restored_in_a_second_place_row_by_row(source, backup, place):
    done = _run(source, "restore", backup, "--into", place)
    assert done.returncode == 0, done.stderr
    tables = _tables(source)
    assert _tables(place) == tables and len(tables) > 40
    for name in tables:
        query = f'SELECT t::text FROM "{name}" t ORDER BY 1'
        assert _rows(place, query) == _rows(source, query), name
    assert len(_rows(place, "SELECT FROM messaging_delivery")) > 100
    for query in (SEQUENCES, GUARDED, POLICIES, TRIGGERS):
        assert _rows(place, query) == _rows(source, query)
    for name in LEFT_OUT & {name for (name,) in _rows(place, TABLES)}:
        assert _rows(place, f"SELECT FROM {name}") == []
    assert _files(place) == _files(source) and len(_files(source)) > 3
    assert (place / "secret-key").read_text() == (source / "secret-key").read_text()
    verified = _run(place, "audit", "verify")
    assert verified.returncode == 0 and "最後のハッシュ" in verified.stdout


def test_a_server_with_two_logins_takes_it_too(source, backup, tmp_path):
    """As in production: the owner is no superuser, and row security is forced on it."""
    admin = embedded.url(source, user="postgres")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("CREATE DATABASE second OWNER nenrin_owner")
    logins = {
        "NENRIN_DATABASE_URL": embedded.url(source, user="nenrin_app", database="second"),
        "NENRIN_OWNER_DATABASE_URL": embedded.url(source, user="nenrin_owner", database="second"),
    }
    done = _run(tmp_path / "server", "restore", backup, **logins)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(embedded.url(source, user="postgres", database="second")) as second:
        for name in _tables(source):
            query = f'SELECT t::text FROM "{name}" t ORDER BY 1'
            assert second.execute(query).fetchall() == _rows(source, query), name
    again = _run(tmp_path / "server", "backup", tmp_path / "again.nenrin", **logins)
    assert again.returncode == 0, again.stderr
    counts = [
        json.loads(_run(source, "restore", file, "--check", "--json").stdout)["rows"]
        for file in (backup, tmp_path / "again.nenrin")
    ]
    assert counts[0] == counts[1]


def test_the_file_shows_nothing_and_only_its_owner_may_read_it(source, backup):
    content = backup.read_bytes()
    (name,) = _rows(source, "SELECT family_name_kana FROM people_person LIMIT 1")[0]
    assert name.encode() not in content
    assert b"nenrin_owner" not in content
    assert backup.stat().st_mode & 0o777 == 0o600


def test_a_whole_file_is_told_from_a_damaged_one(source, backup, tmp_path):
    assert "終わりまで読めました" in _run(source, "restore", backup, "--check").stdout
    cut = tmp_path / "cut.nenrin"
    cut.write_bytes(backup.read_bytes()[:-100])
    done = _run(source, "restore", cut, "--check")
    assert done.returncode == 1 and "欠けています" in done.stderr


def test_a_wrong_passphrase_is_told(source, backup):
    done = _run(source, "restore", backup, "--check", passphrase="まちがった合言葉です")
    assert done.returncode == 1 and "合言葉が違います" in done.stderr


def test_a_town_is_never_overwritten(source, backup):
    before = _rows(source, "SELECT count(*) FROM people_person")
    done = _run(source, "restore", backup)
    assert done.returncode == 1 and "上書きはしません" in done.stderr
    assert _rows(source, "SELECT count(*) FROM people_person") == before


def test_after_a_broken_restore_nothing_is_there_and_the_next_one_works(backup, place, tmp_path):
    broken = tmp_path / "broken.nenrin"
    content = bytearray(backup.read_bytes())
    content[-1000] ^= 1
    broken.write_bytes(content)
    done = _run(place, "restore", broken)
    assert done.returncode == 1 and "バックアップ" in done.stderr
    assert _rows(place, "SELECT FROM tenancy_town") == []
    assert not (place / "files").exists()
    again = _run(place, "restore", backup)
    assert again.returncode == 0, again.stderr
    assert len(_rows(place, "SELECT FROM people_household")) == 60
    assert (place / "files").exists()


def test_a_file_that_is_there_is_not_written_over(source, backup):
    done = _run(source, "backup", backup)
    assert done.returncode == 1 and "もうあります" in done.stderr


def test_a_short_passphrase_is_refused(source, tmp_path):
    done = _run(source, "backup", tmp_path / "x.nenrin", passphrase="short")
    assert done.returncode == 1 and "12 文字以上" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_backup_of_a_working_system_is_of_one_moment(source, place, tmp_path):
    """Rows that belong together are written all the while; the copy holds pairs, never halves."""
    with psycopg.connect(embedded.url(source, user="postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE a_left (n int); CREATE TABLE z_right (n int)")
        connection.execute("ALTER TABLE a_left OWNER TO nenrin_owner")
        connection.execute("ALTER TABLE z_right OWNER TO nenrin_owner")
        file = tmp_path / "moving.nenrin"
        environment = Stack(source, None).environment | {"NENRIN_BACKUP_PASSPHRASE": PASSPHRASE}
        process = subprocess.Popen([*NENRIN, "backup", str(file)], env=environment)
        number = 0
        while process.poll() is None:
            number += 1
            with connection.transaction():
                connection.execute("INSERT INTO a_left VALUES (%s)", [number])
                connection.execute("INSERT INTO z_right VALUES (%s)", [number])
        connection.execute("DROP TABLE a_left; DROP TABLE z_right")
    assert process.returncode == 0 and number > 100
    counted = json.loads(_run(source, "restore", file, "--check", "--json").stdout)["rows"]
    assert counted["a_left"] == counted["z_right"]


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """A place whose database is some migrations behind this release."""
    folder = tmp_path_factory.mktemp("older")
    assert _run(folder, "town", "new", "063622").returncode == 0
    environment = Stack(folder, None).environment
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings.local"
    for app, name in (("limits", "zero"), ("messaging", "0001")):
        words = ["migrate", app, name, "--database", "owner"]
        subprocess.run([sys.executable, "-m", "django", *words], env=environment, check=True)
    yield folder
    embedded.stop(folder, mode="immediate")


def test_an_older_backup_is_brought_to_this_release(older, place, tmp_path):
    file = tmp_path / "older.nenrin"
    assert _run(older, "backup", file).returncode == 0
    done = _run(older, "restore", file, "--into", place)
    assert done.returncode == 0, done.stderr
    assert _rows(place, "SELECT code FROM tenancy_town") == [("063622",)]
    assert _rows(place, "SELECT count(*) FROM limits_try") == [(0,)]
    assert "limits_try" in [name for (name,) in _rows(place, GUARDED)]


def test_a_newer_backup_is_refused(older, place, tmp_path):
    file = tmp_path / "newer.nenrin"
    with psycopg.connect(embedded.url(older, user="postgres")) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('people', '9999_later', now())"
        )
    assert _run(older, "backup", file).returncode == 0
    done = _run(older, "restore", file, "--into", place)
    assert done.returncode == 1 and "新しい版で作られた" in done.stderr
    assert _rows(place, TABLES) == []
