"""How the SQLite file is opened, and how every transaction on it begins and ends."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.store.errors import StoreError
from bot.store.migrations import migrate
from bot.store.sqlite_library import Database

if TYPE_CHECKING:
    import sqlite3
else:  # the SQLite that sqlite-utils uses; a second library on the same file would drop its locks
    from sqlite_utils.utils import sqlite3

__all__ = ["BUSY_SECONDS", "Connection", "JournalMode", "Watch", "explained", "safe_journal_mode", "sqlite3"]

JournalMode = Literal["wal", "delete"]
BUSY_SECONDS = 10.0

# By SQLite's primary result code: one word for programs, and the sentence.
_PROBLEMS = {
    5: ("locked", "another program has kept the database locked; close that program and try again."),
    8: (
        "read_only",
        "the database is read-only; let the user who runs Seventy write the file and its folder.",
    ),
    11: ("damaged", "the database is damaged; restore the newest backup."),
    13: ("full", "the disk is full and nothing was changed; free some space and try again."),
    14: (
        "cannot_open",
        "the database cannot be opened; let the user who runs Seventy write the file and its folder.",
    ),
    26: ("not_a_database", "is not a SQLite database; check the path, or move the file away."),
}


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether this SQLite may damage a WAL database that two connections write and checkpoint at once.

    Source: https://sqlite.org/wal.html#walresetbug: 3.7.0 to 3.51.2, mended also in 3.44.6 and in 3.50.7.
    """
    mended = {(3, 44): 6, (3, 50): 7}
    if version[:2] in mended:
        return version[2] < mended[version[0], version[1]]
    return (3, 7, 0) <= version < (3, 51, 3)


def safe_journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> JournalMode:
    """WAL (readers never wait), unless this SQLite may damage it."""
    return "delete" if has_wal_reset_bug(version) else "wal"


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Say what SQLite reports as a StoreError with a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        primary = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest are its special cases
        unexpected = ("failed", f"the database failed ({error}); nothing was changed.")
        reason, sentence = _PROBLEMS.get(primary, unexpected)
        raise StoreError(f"{path}: {sentence}", path=str(path), reason=reason) from error
    except UnicodeEncodeError as error:
        sentence = "a text has a character that cannot be stored; save the file it came from as UTF-8."
        raise StoreError(f"{path}: {sentence}", path=str(path), reason="bad_text") from error


class Connection:
    """One open, migrated SQLite file, for one thread.

    Raises: StoreError when the file cannot be opened and written, is not Seventy's, or is a newer Seventy's.
    """

    def __init__(self, path: Path, *, journal_mode: JournalMode, busy_seconds: float) -> None:
        self.path = path
        self._busy_milliseconds = int(busy_seconds * 1000)
        _make_file(path)
        with explained(path):
            raw = sqlite3.connect(str(path), timeout=busy_seconds, isolation_level=None)
            try:
                self.db = Database(raw, execute_plugins=False)
                self._prepare()
                self._keep_journal(journal_mode, patience=busy_seconds)
            except BaseException:
                raw.close()
                raise

    def _prepare(self) -> None:
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("PRAGMA foreign_keys = ON")
        with self.write() as db:  # of two programs that start at once, the second finds it done
            migrate(db, self.path)

    def _keep_journal(self, mode: JournalMode, *, patience: float) -> None:
        """Comes after the migration, so that another program's file stays as it was.

        SQLite's own waiting does not cover this change: of two that start at once, one is refused at once.
        """
        last_moment = time.monotonic() + patience
        while True:
            try:
                self.db.execute(f"PRAGMA journal_mode = {mode}")
            except sqlite3.OperationalError:
                if time.monotonic() > last_moment:
                    raise
                time.sleep(0.01)
            else:
                return

    @contextmanager
    def write(self) -> Iterator[Database]:
        """A transaction that may write from its first moment; all of it counts, or nothing.

        Raises: StoreError when another program keeps its turn for too long, or the disk refuses.
        """
        with explained(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
                self.db.commit()
            except BaseException:
                self.db.rollback()
                raise

    @contextmanager
    def write_now(self) -> Iterator[Database]:
        """Like `write`, but without waiting for another program's turn to end."""
        self.db.execute("PRAGMA busy_timeout = 0")
        try:
            with self.write() as db:
                yield db
        finally:
            self.db.execute(f"PRAGMA busy_timeout = {self._busy_milliseconds}")

    @contextmanager
    def read(self) -> Iterator[Database]:
        """A transaction that reads: all its queries see the same moment."""
        with explained(self.path):
            self.db.execute("BEGIN")
            try:
                yield self.db
            finally:
                self.db.rollback()

    def close(self) -> None:
        """Close the file."""
        self.db.close()


class Watch:
    """Tells whether anybody, in this process or another, wrote to the file since the last question.

    Measured on a 2-core machine with WAL: 4 microseconds a question, from shared memory, whatever its size.
    """

    def __init__(self, path: Path) -> None:
        with explained(path):
            self._connection = sqlite3.connect(str(path), timeout=0, isolation_level=None)
            self._connection.execute("PRAGMA query_only = ON")

    def version(self) -> int | None:
        """A number that differs after every write; None when a writer is just at it and it cannot be told."""
        try:
            row = self._connection.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error:  # locked, or worse: whoever asks looks into the database, in its own thread
            return None
        return int(row[0])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _make_file(path: Path) -> None:
    """Make the file, for its owner only. One that exists is not opened here: that drops SQLite's locks."""
    if not path.parent.is_dir():
        sentence = f"{path}: the folder {path.parent} does not exist; make it, or set another path."
        raise StoreError(sentence, path=str(path), reason="no_folder")
    if path.is_dir():
        sentence = f"{path}: is a folder; add the name of a file to the path."
        raise StoreError(sentence, path=str(path), reason="is_folder")
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        pass
    except OSError as error:
        sentence = f"{path}: cannot be made ({error.strerror}); let the user who runs Seventy write its folder."
        raise StoreError(sentence, path=str(path), reason="cannot_open") from error
