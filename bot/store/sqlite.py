"""The store in one SQLite file."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.store import rows, usage_tables
from bot.store.backup import write_backup
from bot.store.connection import BUSY_SECONDS, Connection, JournalMode, safe_journal_mode
from bot.store.errors import NothingToUndoError, StoreError
from bot.store.reading import read_facts, read_import, read_imports
from bot.store.records import ImportRecord, NewImport
from bot.store.sqlite_library import Database
from bot.store.store import LOCAL
from scoring.facts import Facts

if TYPE_CHECKING:
    from scoring.usage import UsageRows

_ROWS_AT_ONCE = 1000
_PASSING = {"locked", "full", "read_only"}  # why something may not be kept this time


class SqliteStore:
    """A `Store` in one SQLite file, which is made (for its owner only) where there is none.

    Several programs may have the same file open.
    Units: `busy_seconds` is how long one waits for another's write.
    Raises: StoreError when the file cannot be opened and written, is not Seventy's, or is a newer Seventy's.
    """

    def __init__(
        self,
        path: Path,
        *,
        journal_mode: JournalMode | None = None,
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        mode = journal_mode or safe_journal_mode()
        self._connection = Connection(Path(path), journal_mode=mode, busy_seconds=busy_seconds)

    def facts(self, workspace: str) -> Facts:
        """See `Store.facts`."""
        with self._connection.read() as db:
            return read_facts(db, workspace)

    def usage(self, workspace: str, datasets: Collection[str] | None = None) -> tuple["UsageRows", ...]:
        """See `Store.usage`."""
        with self._connection.read() as db:
            return usage_tables.read_usage(db, self._connection.path, workspace, datasets)

    def usage_version(self, workspace: str) -> str:
        """See `Store.usage_version`."""
        with self._connection.read() as db:
            return usage_tables.usage_version(db, workspace)

    def holds_usage(self, workspace: str, usage: Sequence["UsageRows"]) -> bool:
        """See `Store.holds_usage`."""
        with self._connection.read() as db:
            return usage_tables.holds_usage(db, workspace, usage)

    def measured(self, workspace: str, version: str) -> bytes | None:
        """See `Store.measured`."""
        query = "SELECT content FROM measured WHERE workspace = ? AND version = ?"
        with self._connection.read() as db:
            found = db.execute(query, [workspace, version]).fetchone()
            return bytes(found[0]) if found else None

    def keep_measured(self, workspace: str, version: str, content: bytes) -> None:
        """See `Store.keep_measured`."""
        try:
            with self._connection.write_now() as db:
                db.execute("INSERT OR REPLACE INTO measured VALUES (?, ?, ?)", [workspace, version, content])
        except StoreError as error:
            if error.values["reason"] not in _PASSING:
                raise

    def revision(self, workspace: str) -> int:
        """See `Store.revision`."""
        with self._connection.read() as db:
            found = db.execute("SELECT revision FROM companies WHERE workspace = ?", [workspace]).fetchone()
            return int(found[0]) if found else 0

    def add_import(self, workspace: str, new: NewImport, *, now: datetime) -> ImportRecord:
        """See `Store.add_import`."""
        with self._connection.write() as db:
            import_id = (_newest(db, workspace) or 0) + 1
            db.table("imports").insert(rows.import_row(new, workspace, import_id, now))
            parts = {
                "import_files": (file.model_dump() for file in new.files),
                "certifications": map(rows.certification_row, new.certifications or ()),
                "figures": map(rows.figure_row, new.figures),
                "track_inputs": map(rows.track_inputs_row, new.track_inputs),
                "memberships": rows.membership_rows(new.membership),
            }
            for table, found in parts.items():
                placed = rows.placed(found, workspace, import_id)
                db.table(table).insert_all(placed, batch_size=_ROWS_AT_ONCE)
            if new.usage:
                usage_tables.write_usage(db, workspace, import_id, new.usage)
            _changed(db, workspace)
            return _record(db, workspace, import_id)

    def undo(self, workspace: str, *, now: datetime, by: str, import_id: int | None = None) -> ImportRecord:
        """See `Store.undo`."""
        with self._connection.write() as db:
            chosen = import_id if import_id is not None else _newest_counting(db, workspace)
            if chosen is None:
                sentence = "There is no import to undo."
                raise NothingToUndoError(sentence, workspace=workspace, import_id=None, reason="none")
            _refuse_undo(read_import(db, workspace, chosen), workspace, chosen)
            db.execute(
                "UPDATE imports SET undone_at = ?, undone_by = ? WHERE workspace = ? AND id = ?",
                [rows.moment_text(now), by, workspace, chosen],
            )
            _changed(db, workspace)
            return _record(db, workspace, chosen)

    def imports(self, workspace: str) -> tuple[ImportRecord, ...]:
        """See `Store.imports`."""
        with self._connection.read() as db:
            return read_imports(db, workspace)

    def workspaces(self) -> tuple[str, ...]:
        """See `Store.workspaces`."""
        with self._connection.read() as db:
            found = db.query("SELECT DISTINCT workspace FROM imports ORDER BY workspace")
            return tuple(row["workspace"] for row in found)

    def adopt_local(self, team: str) -> bool:
        """See `Store.adopt_local`."""
        with self._connection.write() as db:
            if _newest(db, team) is not None or _newest(db, LOCAL) is None:
                return False
            db.execute("UPDATE imports SET workspace = ? WHERE workspace = ?", [team, LOCAL])  # facts and usage follow
            db.execute("UPDATE OR REPLACE measured SET workspace = ? WHERE workspace = ?", [team, LOCAL])
            db.execute("UPDATE OR IGNORE languages SET workspace = ? WHERE workspace = ?", [team, LOCAL])
            db.table("languages").delete_where("workspace = ?", [LOCAL])  # people of the team chose their own
            _changed(db, team)
            _changed(db, LOCAL)
            return True

    def language(self, workspace: str, user: str) -> str | None:
        """See `Store.language`."""
        query = "SELECT language FROM languages WHERE workspace = ? AND user = ?"
        with self._connection.read() as db:
            found = db.execute(query, [workspace, user]).fetchone()
            return str(found[0]) if found else None

    def set_language(self, workspace: str, user: str, language: str | None) -> None:
        """See `Store.set_language`."""
        with self._connection.write() as db:
            if language is None:
                db.execute("DELETE FROM languages WHERE workspace = ? AND user = ?", [workspace, user])
                return
            row = {"workspace": workspace, "user": user, "language": language}
            db.table("languages").upsert(row, pk=("workspace", "user"))

    def backup(self, path: Path) -> None:
        """See `Store.backup`."""
        write_backup(self._connection, Path(path))

    def close(self) -> None:
        """See `Store.close`."""
        self._connection.close()


def _newest(db: Database, workspace: str) -> int | None:
    query = "SELECT max(id) FROM imports WHERE workspace = ?"
    found: int | None = db.execute(query, [workspace]).fetchone()[0]
    return found


def _newest_counting(db: Database, workspace: str) -> int | None:
    query = "SELECT max(id) FROM imports WHERE workspace = ? AND undone_at IS NULL"
    found: int | None = db.execute(query, [workspace]).fetchone()[0]
    return found


def _record(db: Database, workspace: str, import_id: int) -> ImportRecord:
    found = read_import(db, workspace, import_id)
    assert found is not None  # it was written in this transaction
    return found


def _refuse_undo(found: ImportRecord | None, workspace: str, import_id: int) -> None:
    values = {"workspace": workspace, "import_id": import_id}
    if found is None:
        sentence = f"There is no import {import_id}; list the imports to see their numbers."
        raise NothingToUndoError(sentence, reason="unknown", **values)
    if found.undone_at is not None:
        sentence = f"Import {import_id} was already undone on {found.undone_at:%Y-%m-%d} by {found.undone_by}."
        raise NothingToUndoError(sentence, reason="undone", **values)


def _changed(db: Database, workspace: str) -> None:
    db.execute(
        "INSERT INTO companies (workspace, revision) VALUES (?, 1)"
        " ON CONFLICT (workspace) DO UPDATE SET revision = revision + 1",
        [workspace],
    )
