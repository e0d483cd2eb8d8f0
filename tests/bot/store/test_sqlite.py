"""The SQLite file: who may read it, what is refused, and that nothing else is harmed."""

import os
import shutil
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.store import NewImport, SqliteStore, StoreError
from bot.store.connection import has_wal_reset_bug, safe_journal_mode, sqlite3
from bot.store.migrations import STEPS, migrations
from scoring.facts import HeldCertification, Origin

T = "T0MIHON"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def list_of(size: int) -> NewImport:
    held = (
        HeldCertification(person=f"p{n}", name="A", certification="AZ-500", origin=Origin(source="a.csv"))
        for n in range(size)
    )
    return NewImport(kind="trainings", certifications=tuple(held), made_by="U0SAM")


@contextmanager
def somebody_else(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(str(path), isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def reason(act: Callable[[], object], match: str) -> object:
    with pytest.raises(StoreError, match=match) as raised:
        act()
    assert raised.value.message == str(raised.value)
    return raised.value.values["reason"]


def test_a_new_file_is_for_its_owner_only(path: Path) -> None:
    store = SqliteStore(path)
    store.add_import(T, list_of(1), now=NOW)
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    store.close()


def test_every_commit_is_on_the_disk_and_readers_do_not_wait(path: Path) -> None:
    store = SqliteStore(path)
    ask = store._connection.db.execute
    assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
    assert ask("PRAGMA synchronous").fetchone() == (2,)
    assert ask("PRAGMA foreign_keys").fetchone() == (1,)
    store.close()


@pytest.mark.parametrize(
    ("version", "has_it"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
        ((4, 0, 0), False),
    ],
)
def test_a_sqlite_that_may_damage_a_wal_is_used_without_one(version: tuple[int, int, int], has_it: bool) -> None:
    assert has_wal_reset_bug(version) == has_it
    assert safe_journal_mode(version) == ("delete" if has_it else "wal")


def test_the_journal_of_an_existing_database_is_changed_with_its_content_kept(path: Path) -> None:
    for mode in ("wal", "delete", "wal"):
        store = SqliteStore(path, journal_mode=mode)
        assert store._connection.db.journal_mode == mode
        store.add_import(T, list_of(1), now=NOW)
        store.close()
    assert len(certified(path)) == 3


def test_the_change_of_the_journal_waits_for_a_program_that_is_just_starting(path: Path) -> None:
    store = SqliteStore(path, journal_mode="delete")
    starting = sqlite3.connect(str(path), isolation_level=None, check_same_thread=False)
    starting.execute("BEGIN IMMEDIATE")
    done = threading.Timer(0.1, starting.rollback)
    done.start()
    store._connection._keep_journal("wal", patience=10)
    assert store._connection.db.journal_mode == "wal"
    done.join()
    starting.close()
    store.close()


def certified(path: Path) -> list[tuple[int]]:
    with somebody_else(path) as connection:
        found: list[tuple[int]] = connection.execute("SELECT import_id FROM certifications").fetchall()
        return found


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "data" / "seventy.db"
    assert reason(lambda: SqliteStore(path), "folder .*/data does not exist; make it") == "no_folder"


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert reason(lambda: SqliteStore(tmp_path), "is a folder") == "is_folder"


def test_a_file_of_something_else_is_refused_and_left_as_it_was(path: Path) -> None:
    path.write_text("Person,Certification\n" * 100)
    before = path.read_bytes()
    assert reason(lambda: SqliteStore(path), "is not a SQLite database") == "not_a_database"
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_as_it_was(path: Path) -> None:
    with somebody_else(path) as connection:
        connection.execute("CREATE TABLE places (url TEXT)")
    before = path.read_bytes()
    assert reason(lambda: SqliteStore(path), "belongs to another program") == "foreign"
    assert path.read_bytes() == before


def test_a_database_of_a_newer_seventy_is_refused(path: Path) -> None:
    SqliteStore(path).close()
    with somebody_else(path) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('seventy', 'm900_points', '2027')"
        )
    assert reason(lambda: SqliteStore(path), "made by a newer Seventy .*'m900_points'") == "newer"


@pytest.mark.parametrize("step", STEPS[1:])
def test_a_database_of_an_older_seventy_is_brought_up_to_date(path: Path, step: Callable[[Database], None]) -> None:
    older = Database(sqlite3.connect(str(path)))
    migrations.apply(older, stop_before=step.__name__)
    older.close()
    store = SqliteStore(path)
    store.add_import(T, list_of(2), now=NOW)
    assert [done.name for done in migrations.applied(store._connection.db)] == [one.__name__ for one in STEPS]
    store.close()


@pytest.mark.parametrize("table", ["memberships", "languages"])  # half a step was done; a whole step was done
def test_a_migration_that_fails_leaves_the_database_as_it_was(path: Path, table: str) -> None:
    older = Database(sqlite3.connect(str(path)))
    migrations.apply(older, stop_before="m002_facts")
    older.execute(f"CREATE TABLE {table} (in_the_way TEXT)")
    before = older.schema
    older.close()
    assert reason(lambda: SqliteStore(path), f"{table} already exists.*nothing was changed") == "failed"
    with somebody_else(path) as connection:
        assert Database(connection).schema == before


@pytest.fixture
def folder_of_another_user() -> Iterator[Path]:
    """A folder that everybody may enter and only its owner may write, seen by a user without rights."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    SqliteStore(folder / "seventy.db").close()
    (folder / "seventy.db").chmod(0o444)
    folder.chmod(0o555)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_database_that_cannot_be_written_is_refused(folder_of_another_user: Path) -> None:
    path = folder_of_another_user / "seventy.db"
    assert reason(lambda: SqliteStore(path), "read-only; let the user") == "read_only"


def test_a_folder_that_cannot_be_written_is_refused(folder_of_another_user: Path) -> None:
    path = folder_of_another_user / "new.db"
    assert reason(lambda: SqliteStore(path), "cannot be made .Permission denied") == "cannot_open"


def test_a_lock_that_is_kept_is_told_and_reading_goes_on(path: Path) -> None:
    store = SqliteStore(path, busy_seconds=0.05)
    store.add_import(T, list_of(1), now=NOW)
    with somebody_else(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert reason(lambda: store.add_import(T, list_of(1), now=NOW), "kept the database locked") == "locked"
        assert len(store.facts(T).certifications or ()) == 1
    store.add_import(T, list_of(1), now=NOW)
    store.close()


def test_a_full_disk_changes_nothing_and_is_told(path: Path) -> None:
    store = SqliteStore(path)
    store.add_import(T, list_of(1), now=NOW)
    before = store.facts(T)
    store._connection.db.execute("PRAGMA max_page_count = 40")
    assert reason(lambda: store.add_import(T, list_of(20_000), now=NOW), "disk is full") == "full"
    assert store.facts(T) == before
    assert len(store.imports(T)) == 1
    store.add_import(T, list_of(2), now=NOW)
    store.close()


def test_a_damaged_database_is_told(path: Path) -> None:
    store = SqliteStore(path, journal_mode="delete")
    store.add_import(T, list_of(5_000), now=NOW)
    store.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * (size // 4))
    store = SqliteStore(path, journal_mode="delete")
    assert reason(lambda: store.facts(T), "is damaged; restore the newest backup") == "damaged"
    store.close()


def test_text_that_is_not_unicode_is_refused_without_a_trace(path: Path) -> None:
    store = SqliteStore(path)
    new = NewImport(kind="form", made_by="U0\udcff")
    assert reason(lambda: store.add_import(T, new, now=NOW), "cannot be stored") == "bad_text"
    assert store.imports(T) == ()
    store.close()


def test_a_row_without_a_workspace_is_impossible(path: Path) -> None:
    store = SqliteStore(path)
    assert reason(lambda: store.add_import("", list_of(1), now=NOW), "nothing was changed") == "failed"
    assert store.workspaces() == ()
    store.close()


def test_facts_cannot_be_stored_for_an_import_that_is_not_there(path: Path) -> None:
    store = SqliteStore(path)
    row = "INSERT INTO memberships VALUES ('2027-03-15', '[]', 'T0MIHON', 1, 0, 'form', NULL)"
    with pytest.raises(sqlite3.IntegrityError):
        store._connection.db.execute(row)
    store.close()
