"""How the database came to its present form, step by step. A released step is never edited: add another."""

from pathlib import Path

from bot.store.errors import StoreError
from bot.store.sqlite_library import Database, Migrations


def m001_imports(db: Database) -> None:
    """What was imported, when, by whom; and how often each company's facts changed."""
    db.executescript("""
        CREATE TABLE companies (
            workspace TEXT PRIMARY KEY, revision INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE imports (
            workspace TEXT NOT NULL CHECK (workspace <> ''), id INTEGER NOT NULL,
            kind TEXT NOT NULL, as_of TEXT, made_at TEXT NOT NULL, made_by TEXT NOT NULL,
            adds INTEGER NOT NULL, lists_people INTEGER NOT NULL,
            people INTEGER NOT NULL, certifications INTEGER NOT NULL, figures INTEGER NOT NULL,
            undone_at TEXT, undone_by TEXT,
            PRIMARY KEY (workspace, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE import_files (
            workspace TEXT NOT NULL, import_id INTEGER NOT NULL, position INTEGER NOT NULL,
            name TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
            PRIMARY KEY (workspace, import_id, position),
            FOREIGN KEY (workspace, import_id) REFERENCES imports (workspace, id) ON UPDATE CASCADE
        ) STRICT, WITHOUT ROWID;
    """)


def m002_facts(db: Database) -> None:
    """The facts of each import, one a row. Numbers are exact text (`7/3`), days are ISO text."""
    ends = """workspace TEXT NOT NULL, import_id INTEGER NOT NULL, position INTEGER NOT NULL,
            source TEXT NOT NULL, line INTEGER,
            PRIMARY KEY (workspace, import_id, position),
            FOREIGN KEY (workspace, import_id) REFERENCES imports (workspace, id) ON UPDATE CASCADE
        ) STRICT, WITHOUT ROWID"""
    db.executescript(f"""
        CREATE TABLE certifications (
            person TEXT NOT NULL, name TEXT NOT NULL, certification TEXT NOT NULL, earned TEXT, expires TEXT,
            {ends};
        CREATE TABLE figures (
            area TEXT NOT NULL, metric TEXT NOT NULL, track TEXT, as_of TEXT, amounts TEXT NOT NULL,
            {ends};
        CREATE TABLE track_inputs (
            area TEXT NOT NULL, as_of TEXT, smb_customers TEXT, customers TEXT, smb_share_percent TEXT,
            trailing_12_month_acr TEXT, large_workloads TEXT,
            {ends};
        CREATE TABLE memberships (
            anniversary TEXT NOT NULL, enrolled TEXT NOT NULL,
            {ends};
    """)


def m003_languages(db: Database) -> None:
    """Which language a person chose."""
    db.executescript("""
        CREATE TABLE languages (
            workspace TEXT NOT NULL CHECK (workspace <> ''), user TEXT NOT NULL, language TEXT NOT NULL,
            PRIMARY KEY (workspace, user)
        ) STRICT, WITHOUT ROWID;
    """)


def m004_usage(db: Database) -> None:
    """The usage of each import, a row a file and dataset, with its columns and months; what was measured from it.

    Months are the ISO text of their first day.
    """
    place = "workspace TEXT NOT NULL, import_id INTEGER NOT NULL, position INTEGER NOT NULL"
    of_file = "FOREIGN KEY (workspace, import_id, position) REFERENCES usage ON UPDATE CASCADE"
    db.executescript(f"""
        ALTER TABLE imports ADD COLUMN company TEXT;
        CREATE TABLE usage (
            {place}, dataset TEXT NOT NULL, source TEXT NOT NULL, rows INTEGER NOT NULL,
            PRIMARY KEY (workspace, import_id, position),
            FOREIGN KEY (workspace, import_id) REFERENCES imports (workspace, id) ON UPDATE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE usage_months (
            {place}, dataset TEXT NOT NULL, month TEXT NOT NULL, rows INTEGER NOT NULL, digest BLOB NOT NULL,
            PRIMARY KEY (workspace, import_id, position, month), {of_file}
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE usage_blobs (
            {place}, name TEXT NOT NULL, checksum INTEGER NOT NULL, data BLOB NOT NULL,
            PRIMARY KEY (workspace, import_id, position, name), {of_file}
        ) STRICT;
        CREATE TABLE measured (
            workspace TEXT NOT NULL CHECK (workspace <> ''), version TEXT NOT NULL, content BLOB NOT NULL,
            PRIMARY KEY (workspace)
        ) STRICT;
    """)


STEPS = (m001_imports, m002_facts, m003_languages, m004_usage)

migrations = Migrations("seventy")
for step in STEPS:
    migrations()(step)


def migrate(db: Database, path: Path) -> None:
    """Bring the database to the present form; the caller's transaction, which can write, holds all of it.

    Raises: StoreError when it is another program's database, or a newer Seventy made it.
    """
    applied = [done.name for done in migrations.applied(db)]
    if not applied and db.table_names():
        sentence = f"{path}: belongs to another program; set another path for Seventy's database."
        raise StoreError(sentence, path=str(path), reason="foreign")
    unknown = sorted(set(applied) - {step.__name__ for step in STEPS})
    if unknown:
        sentence = f"{path}: was made by a newer Seventy (it has '{unknown[0]}'); install that version, or restore"
        raise StoreError(f"{sentence} a backup from before.", path=str(path), reason="newer", unknown=unknown)
    if migrations.pending(db):
        migrations.apply(db)
