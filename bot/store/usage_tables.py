"""Which usage counts now, and how it gets into the database and out of it. Numpy is loaded where rows are."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.store.errors import StoreError
from bot.store.rows import Row, placed
from bot.store.sqlite_library import Database

if TYPE_CHECKING:
    from bot.store.usage_blobs import Blob
    from scoring.usage import UsageRows

_COUNTING = """
    SELECT * FROM (
        SELECT months.*, max(months.import_id) OVER (PARTITION BY months.dataset, months.month) AS newest
        FROM usage_months AS months
        JOIN imports ON imports.workspace = months.workspace AND imports.id = months.import_id
        WHERE months.workspace = ? AND imports.undone_at IS NULL
    ) AS months
    WHERE import_id = newest ORDER BY dataset, import_id, position, month
"""
_FILE = "SELECT * FROM usage WHERE workspace = ? AND import_id = ? AND position = ?"
_BLOB = "SELECT checksum, data FROM usage_blobs WHERE workspace = ? AND import_id = ? AND position = ? AND name = ?"
_NEW_BLOB = "INSERT INTO usage_blobs VALUES (?, ?, ?, ?, ?, ?)"


def write_usage(db: Database, workspace: str, import_id: int, usage: Sequence["UsageRows"]) -> None:
    """Write the usage of an import; files without a row leave nothing."""
    from bot.store.usage_blobs import encoded
    from bot.store.usage_digests import month_digests

    held = [rows for rows in usage if len(rows)]
    files = ({"dataset": rows.dataset, "source": rows.source, "rows": len(rows)} for rows in held)
    db.table("usage").insert_all(placed(files, workspace, import_id))
    for position, rows in enumerate(held):
        place = (workspace, import_id, position)
        for blob in encoded(rows):
            db.execute(_NEW_BLOB, (*place, blob.name, blob.checksum, blob.data))
        months = (
            (*place, rows.dataset, found.month.isoformat(), found.rows, found.digest) for found in month_digests(rows)
        )
        db.conn.executemany("INSERT INTO usage_months VALUES (?, ?, ?, ?, ?, ?, ?)", months)


def read_usage(db: Database, path: Path, workspace: str, datasets: Collection[str] | None) -> tuple["UsageRows", ...]:
    """The usage that counts now; the rules are told at `Store.usage`.

    Raises: StoreError when what is in the database at `path` is not what was written.
    """
    counting: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in db.query(_COUNTING, [workspace]):
        if datasets is None or row["dataset"] in datasets:
            counting[row["import_id"], row["position"]].append(row)
    return tuple(_read_file(db, path, workspace, *place, months) for place, months in counting.items())


def usage_version(db: Database, workspace: str) -> str:
    """The numbers of the imports whose usage counts: what counts is the newest of each month among them."""
    return ",".join(map(str, sorted({row["import_id"] for row in db.query(_COUNTING, [workspace])})))


def holds_usage(db: Database, workspace: str, usage: Sequence["UsageRows"]) -> bool:
    """Whether the usage that counts now says the same for every dataset and month of `usage`."""
    from bot.store.usage_digests import month_digests

    new: dict[tuple[str, str], Counter[bytes]] = defaultdict(Counter)
    for rows in usage:
        for found in month_digests(rows):
            new[rows.dataset, found.month.isoformat()][found.digest] += 1
    counting: dict[tuple[str, str], Counter[bytes]] = defaultdict(Counter)
    for row in db.query(_COUNTING, [workspace]):
        counting[row["dataset"], row["month"]][row["digest"]] += 1
    return all(counting[month] == digests for month, digests in new.items())


def _read_file(
    db: Database, path: Path, workspace: str, import_id: int, position: int, months: Sequence[Row]
) -> "UsageRows":
    from bot.store.usage_blobs import DamagedUsageError, decoded

    place = (workspace, import_id, position)
    file = next(db.query(_FILE, place))
    is_whole = sum(row["rows"] for row in months) == file["rows"]
    try:
        return decoded(
            partial(_read_blob, db, place),
            dataset=file["dataset"],
            source=file["source"],
            rows=file["rows"],
            import_id=import_id,
            months=None if is_whole else [date.fromisoformat(row["month"]) for row in months],
        )
    except DamagedUsageError as error:
        sentence = (
            f"{path}: the usage that import {import_id} read from {file['source']} is damaged; restore the newest"
            f" backup, or undo import {import_id} and import the file again."
        )
        raise StoreError(sentence, path=str(path), reason="damaged", import_id=import_id) from error


def _read_blob(db: Database, place: tuple[str, int, int], name: str) -> "Blob":
    from bot.store.usage_blobs import Blob

    found = db.execute(_BLOB, (*place, name)).fetchone()
    if found is None:
        raise KeyError(name)
    return Blob(name, *found)
