"""Which of all imported facts count now; and what was imported."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from bot.store import rows
from bot.store.records import ImportRecord
from bot.store.sqlite_library import Database
from scoring.facts import Facts, HeldCertification

_PEOPLE_IMPORTS = """
    WITH counting AS (
        SELECT id, as_of, adds FROM imports WHERE workspace = ? AND undone_at IS NULL AND lists_people = 1
    )
    SELECT id, as_of FROM counting
    WHERE id >= coalesce((SELECT max(id) FROM counting WHERE adds = 0), 0)
    ORDER BY id
"""
_CERTIFICATIONS = "SELECT * FROM certifications WHERE workspace = ? AND import_id = ? ORDER BY position"
_NEWEST_OF_EACH = """
    SELECT * FROM (
        SELECT facts.*, max(facts.import_id) OVER (PARTITION BY {key}) AS newest
        FROM {table} AS facts
        JOIN imports ON imports.workspace = facts.workspace AND imports.id = facts.import_id
        WHERE facts.workspace = ? AND imports.undone_at IS NULL
    ) AS facts
    WHERE import_id = newest ORDER BY import_id, position
"""
_FIGURES = _NEWEST_OF_EACH.format(table="figures", key="facts.area, facts.metric, facts.track, facts.as_of")
_TRACK_INPUTS = _NEWEST_OF_EACH.format(table="track_inputs", key="facts.area, facts.as_of")
_MEMBERSHIP = _NEWEST_OF_EACH.format(table="memberships", key="facts.workspace")
_COMPANY = """
    SELECT company FROM imports WHERE workspace = ? AND undone_at IS NULL AND company IS NOT NULL
    ORDER BY id DESC LIMIT 1
"""
_USAGE_OF_IMPORTS = """
    SELECT import_id, dataset, sum(rows) AS rows, min(month) AS first_month, max(month) AS last_month
    FROM usage_months WHERE workspace = :workspace AND (:import_id IS NULL OR import_id = :import_id)
    GROUP BY import_id, dataset ORDER BY import_id, dataset
"""


def read_facts(db: Database, workspace: str) -> Facts:
    """Everything that counts now; the rules are told at `Store.facts`."""
    held, people_as_of = _people(db, workspace)
    return Facts(
        company=next((row["company"] for row in db.query(_COMPANY, [workspace])), None),
        figures=tuple(map(rows.figure, db.query(_FIGURES, [workspace]))),
        certifications=held,
        people_as_of=people_as_of,
        track_inputs=tuple(map(rows.track_inputs, db.query(_TRACK_INPUTS, [workspace]))),
        membership=next(map(rows.membership, db.query(_MEMBERSHIP, [workspace])), None),
    )


def read_imports(db: Database, workspace: str) -> tuple[ImportRecord, ...]:
    """Every import, newest first."""
    files = defaultdict(list)
    for row in db.table("import_files").rows_where("workspace = ?", [workspace], order_by="import_id, position"):
        files[row["import_id"]].append(row)
    usage = defaultdict(list)
    for row in db.query(_USAGE_OF_IMPORTS, {"workspace": workspace, "import_id": None}):
        usage[row["import_id"]].append(row)
    made = db.table("imports").rows_where("workspace = ?", [workspace], order_by="id DESC")
    return tuple(rows.record(row, files[row["id"]], usage[row["id"]]) for row in made)


def read_import(db: Database, workspace: str, import_id: int) -> ImportRecord | None:
    """One import."""
    files = db.table("import_files").rows_where(
        "workspace = ? AND import_id = ?", [workspace, import_id], order_by="position"
    )
    usage = list(db.query(_USAGE_OF_IMPORTS, {"workspace": workspace, "import_id": import_id}))
    made = db.table("imports").rows_where("workspace = ? AND id = ?", [workspace, import_id])
    return next((rows.record(row, files, usage) for row in made), None)


def latest_of_each(held: Iterable[HeldCertification]) -> tuple[HeldCertification, ...]:
    """Per person and certification the one that expires last; of equal ones the later in `held`."""
    kept: dict[tuple[str, str], HeldCertification] = {}
    for one in held:
        before = kept.get((one.person, one.certification))
        if before is None or _end(one) >= _end(before):
            kept[one.person, one.certification] = one
    return tuple(kept.values())


def _people(db: Database, workspace: str) -> tuple[tuple[HeldCertification, ...] | None, date | None]:
    imports = list(db.query(_PEOPLE_IMPORTS, [workspace]))
    if not imports:
        return None, None
    held = (rows.certification(row) for made in imports for row in db.query(_CERTIFICATIONS, [workspace, made["id"]]))
    return latest_of_each(held), rows.day(imports[-1]["as_of"])


def _end(held: HeldCertification) -> date:
    return held.expires or date.max
