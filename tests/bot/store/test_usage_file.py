"""Usage in the SQLite file: damage is told, an older file opens, and what cannot be kept is let go."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlite_utils import Database

from bot.store import NewImport, SqliteStore, StoreError
from bot.store.connection import sqlite3
from bot.store.migrations import migrations
from scoring.usage import UsageRows

UsageOf = Callable[..., UsageRows]

T = "T0MIHON"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
OCTOBER, SEPTEMBER = ("2026-10", "contoso", "Storage", 7), ("2026-09", "fabrikam", "Backup", 5)


@contextmanager
def somebody_else(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(str(path), isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def usage(*rows: UsageRows) -> NewImport:
    return NewImport(kind="usage", usage=rows, made_by="U0SAM")


@pytest.mark.parametrize("name", ["words", "month", "tenant", "line", "quantity acr"])
@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE usage_blobs SET data = zeroblob(length(data)) WHERE name = ?",
        "UPDATE usage_blobs SET data = substr(data, 2) WHERE name = ?",
        "UPDATE usage_blobs SET data = x'' WHERE name = ?",
        "UPDATE usage_blobs SET data = x'', checksum = 0 WHERE name = ?",
        "UPDATE usage_blobs SET checksum = 1 WHERE name = ?",
        "DELETE FROM usage_blobs WHERE name = ?",
    ],
)
def test_damaged_usage_is_told_with_the_import_and_the_file(
    path: Path, usage_of: UsageOf, name: str, damage: str
) -> None:
    store = SqliteStore(path)
    store.add_import(T, usage(usage_of(OCTOBER, SEPTEMBER)), now=NOW)
    with somebody_else(path) as connection:
        assert connection.execute(damage, [name]).rowcount == 1
    told = "usage that import 1 read from azure.csv is damaged; restore the newest backup, or undo import 1"
    with pytest.raises(StoreError, match=told) as raised:
        store.usage(T)
    assert raised.value.values == {"path": str(path), "reason": "damaged", "import_id": 1}
    store.undo(T, now=NOW, by="U0SAM")
    assert store.usage(T) == ()
    store.close()


def test_a_text_that_is_not_unicode_is_refused_without_a_trace(path: Path, usage_of: UsageOf) -> None:
    store = SqliteStore(path)
    bad = usage_of(("2026-10", "contoso \udcff", "Storage", 7))
    for act in (
        lambda: store.add_import(T, usage(usage_of(OCTOBER), bad), now=NOW),
        lambda: store.holds_usage(T, [bad]),
    ):
        with pytest.raises(StoreError, match="cannot be stored; save the file it came from as UTF-8"):
            act()
    assert (store.imports(T), store.usage(T)) == ((), ())
    store.close()


def test_a_file_from_before_usage_opens_with_its_imports_and_facts(path: Path, usage_of: UsageOf) -> None:
    older = Database(sqlite3.connect(str(path)))
    migrations.apply(older, stop_before="m004_usage")
    older.execute("INSERT INTO companies VALUES ('T0MIHON', 1)")
    older.execute(
        "INSERT INTO imports VALUES"
        " ('T0MIHON', 1, 'form', NULL, '2026-01-02T03:04:05.000000+00:00', 'U0SAM', 0, 1, 1, 1, 0, NULL, NULL)"
    )
    older.execute("INSERT INTO certifications VALUES ('sam', 'Sam', 'AZ-500', NULL, NULL, 'T0MIHON', 1, 0, 'a.csv', 2)")
    older.conn.commit()
    older.close()
    store = SqliteStore(path)
    (made,) = store.imports(T)
    assert (made.people, made.usage_rows, made.datasets, made.months) == (1, 0, (), None)
    assert [one.name for one in store.facts(T).certifications or ()] == ["Sam"]
    assert (store.facts(T).company, store.usage(T), store.usage_version(T)) == (None, (), "")
    store.add_import(T, usage(usage_of(OCTOBER)), now=NOW)
    assert [rows.import_id for rows in store.usage(T)] == [2]
    store.close()


def test_usage_cannot_be_stored_for_an_import_that_is_not_there(path: Path) -> None:
    store = SqliteStore(path)
    row = "INSERT INTO usage VALUES ('T0MIHON', 1, 0, 'azure_usage', 'azure.csv', 1)"
    with pytest.raises(sqlite3.IntegrityError):
        store._connection.db.execute(row)
    store.close()


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_what_was_measured_is_let_go_at_once_while_another_program_writes(path: Path, mode: str) -> None:
    store = SqliteStore(path, journal_mode="wal" if mode == "wal" else "delete")
    store.keep_measured(T, "1", b"one")
    with somebody_else(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        store.keep_measured(T, "2", b"two")
        assert time.monotonic() - begun < 1
        assert (store.measured(T, "1"), store.measured(T, "2")) == (b"one", None)
    assert store._connection.db.execute("PRAGMA busy_timeout").fetchone() == (10_000,)
    store.keep_measured(T, "2", b"two")
    assert store.measured(T, "2") == b"two"
    store.close()


@pytest.mark.parametrize("refusal", ["PRAGMA query_only = ON", "PRAGMA max_page_count = 1"])
def test_what_was_measured_is_let_go_when_nothing_can_be_written(path: Path, refusal: str) -> None:
    store = SqliteStore(path)
    store.keep_measured(T, "1", b"one")
    store._connection.db.execute(refusal)
    store.keep_measured(T, "2", bytes(1_000_000))
    assert (store.measured(T, "1"), store.measured(T, "2")) == (b"one", None)
    store.close()


def test_what_cannot_be_kept_for_another_reason_is_told(path: Path) -> None:
    store = SqliteStore(path)
    with pytest.raises(StoreError, match="nothing was changed"):
        store.keep_measured("", "1", b"of no workspace")
    store.close()


def test_two_years_of_usage_are_stored_and_read_at_once(path: Path, usage_of: UsageOf) -> None:
    generator = np.random.default_rng(20261120)
    months = [f"{number // 12}-{number % 12 + 1:02}" for number in range(2026 * 12 - 15, 2026 * 12 + 10)]
    rows = usage_of(*((months[number % 25], f"tenant {number % 997}", "Storage", number) for number in range(2000)))
    store = SqliteStore(path)
    store.add_import(T, usage(repeated(rows, 100, generator)), now=NOW)
    new = repeated(rows, 100, generator)
    begun = time.perf_counter()
    store.add_import(T, usage(new), now=NOW)
    stored = time.perf_counter()
    (found,) = store.usage(T)
    read = time.perf_counter()
    assert len(found) == 200_000
    assert stored - begun < 1.5  # ten times what a 2-core machine needs, which may be busy
    assert read - stored < 1
    store.close()


def repeated(rows: UsageRows, times: int, generator: np.random.Generator) -> UsageRows:
    columns = ("line", "month", "tenant", "item", "association", "segment", "associated")
    longer = {name: np.tile(getattr(rows, name), times) for name in columns}
    amounts = generator.integers(0, 10**14, times * len(rows))
    return UsageRows(**{**vars(rows), **longer, "quantities": {"acr": amounts}})
