"""A backup is a checked copy, put in place at once, or it is not there."""

import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import NewImport, SqliteStore, StoreError

T = "T0MIHON"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def sqlite_store(path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(path)
    store.add_import(T, NewImport(kind="form", made_by="U0SAM"), now=NOW)
    yield store
    store.close()


def test_a_backup_is_one_file_for_its_owner_only(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    sqlite_store.backup(folder / "monday.db")
    assert [file.name for file in folder.iterdir()] == ["monday.db"]
    assert stat.S_IMODE((folder / "monday.db").stat().st_mode) == 0o600


def test_a_backup_replaces_an_older_one(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    sqlite_store.backup(tmp_path / "backup.db")
    sqlite_store.add_import(T, NewImport(kind="form", made_by="U0SAM"), now=NOW)
    sqlite_store.backup(tmp_path / "backup.db")
    restored = SqliteStore(tmp_path / "backup.db")
    assert len(restored.imports(T)) == 2
    restored.close()


def test_a_backup_never_replaces_the_database_itself(sqlite_store: SqliteStore, path: Path) -> None:
    same = path.parent / "link.db"
    same.symlink_to(path)
    for target in (path, same):
        with pytest.raises(StoreError, match="is the database itself"):
            sqlite_store.backup(target)
    assert len(sqlite_store.imports(T)) == 1


def test_a_backup_that_fails_leaves_nothing_behind(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere does not exist"):
        sqlite_store.backup(tmp_path / "nowhere" / "backup.db")
    folder = tmp_path / "backups"
    (folder / "taken.db").mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be written"):
        sqlite_store.backup(folder / "taken.db")
    assert [file.name for file in folder.iterdir()] == ["taken.db"]


def test_an_older_backup_stays_when_the_new_one_fails(sqlite_store: SqliteStore, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    sqlite_store.backup(backup)
    before = backup.read_bytes()
    sqlite_store._connection.db.execute("BEGIN")  # no copy can be made inside a transaction
    with pytest.raises(StoreError):
        sqlite_store.backup(backup)
    assert backup.read_bytes() == before
    assert not list(tmp_path.glob(".backup.db.*"))
