"""How a database is copied while it is in use: a checked copy, or none."""

import os
import tempfile
from pathlib import Path

from bot.store.connection import Connection, explained, sqlite3
from bot.store.errors import StoreError


def write_backup(connection: Connection, path: Path) -> None:
    """Copy the database to `path`, which is replaced at once when the copy is on the disk and was checked.

    Raises: StoreError when the folder is missing, `path` is the database itself, or the copy fails.
    """
    if not path.parent.is_dir():
        sentence = f"{path}: the folder {path.parent} does not exist; make it, or choose another."
        raise StoreError(sentence, path=str(path), reason="no_folder")
    if path.exists() and path.samefile(connection.path):
        sentence = f"{path}: is the database itself; choose another name for the backup."
        raise StoreError(sentence, path=str(path), reason="same_file")
    try:
        _write_and_replace(connection, path)
    except OSError as error:
        sentence = f"{path}: the backup cannot be written ({error.strerror}); choose another folder."
        raise StoreError(sentence, path=str(path), reason="cannot_open") from error


def _write_and_replace(connection: Connection, path: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # for its owner only
    os.close(handle)
    copy = Path(name)
    try:
        with explained(path):
            connection.db.execute("VACUUM INTO ?", [name])
        _to_disk(copy)
        _check(copy, path)
        copy.replace(path)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    _to_disk(path.parent)


def _check(copy: Path, path: Path) -> None:
    with explained(path):
        connection = sqlite3.connect(str(copy), isolation_level=None)
        try:
            found = connection.execute("PRAGMA quick_check").fetchone()[0]
        finally:
            connection.close()
    if found != "ok":
        sentence = f"{path}: the copy is damaged ({found}) and was thrown away; check the disk and the database."
        raise StoreError(sentence, path=str(path), reason="damaged")


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
