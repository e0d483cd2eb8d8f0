"""Whose facts a command uses: from a facts file, or from the database of the settings; and what day it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.errors import CommandError
from scoring import Facts, Rulebook, load_rulebook

if TYPE_CHECKING:
    from bot.store import Store
    from scoring.usage import UsageRows

LOCAL = "local"  # the workspace of a company that works on the command line only; see bot.store.LOCAL


@cache
def shipped_rulebook() -> Rulebook:
    """The rules that Seventy ships, read once.

    Raises: DataFileError.
    """
    return load_rulebook()


def today() -> date:
    """The day it is in the time zone of the settings.

    Raises: SettingsError.
    """
    from bot.settings import load_settings

    return datetime.now(load_settings().time_zone).date()


def database_path(db: Path | None) -> Path:
    """The database asked for, else that of the settings.

    Raises: SettingsError.
    """
    if db is not None:
        return db
    from bot.settings import load_settings

    return load_settings().seventy_database


@dataclass(frozen=True)
class Company:
    """What is known of a company, and the rows of its usage reports; none with a facts file."""

    facts: Facts
    usage: "tuple[UsageRows, ...]" = ()


def read_facts(rulebook: Rulebook, *, facts: Path | None, db: Path | None, workspace: str | None) -> Facts:
    """The facts of a file, or of the database with what its usage reports tell.

    Raises: CommandError, StoreError, SettingsError; DataFileError and ScoringError for what is in the file.
    """
    return _read(rulebook, facts, db, workspace, usage=False).facts


def read_company(rulebook: Rulebook, *, facts: Path | None, db: Path | None, workspace: str | None) -> Company:
    """The facts of a file, or those of the database and its usage reports.

    Raises: as `read_facts`.
    """
    return _read(rulebook, facts, db, workspace, usage=True)


def _read(rulebook: Rulebook, facts: Path | None, db: Path | None, workspace: str | None, *, usage: bool) -> Company:
    if facts is not None:
        if db is not None:
            raise CommandError("usage", "Give either --facts or --db, not both.", where="--facts")
        from bot.intake.facts_file import read_facts_file

        return Company(read_facts_file(facts, rulebook))
    from bot.company_facts import company_facts

    try:
        with existing_store(db) as store:
            whose = reading_workspace(store, workspace)
            return Company(company_facts(store, rulebook, whose), store.usage(whose) if usage else ())
    except CommandError as error:
        if error.kind != "no_database":
            raise
        hint = f"{error.message} Without a database: --facts FILE."
        raise CommandError(error.kind, hint, where=error.where) from error


@contextmanager
def existing_store(db: Path | None) -> Iterator["Store"]:
    """The store of a database that must be there already.

    Raises: CommandError where there is none; StoreError.
    """
    path = database_path(db)
    if not path.exists():
        how = "check the path" if db is not None else "name one with --db FILE or the setting SEVENTY_DATABASE"
        message = f"There is no database {path}; {how}, or fill one with: seventy import FILE."
        raise CommandError("no_database", message, where=str(path))
    with store_at(path) as store:
        yield store


@contextmanager
def store_at(path: Path) -> Iterator["Store"]:
    """The store of a database, which is made where there is none.

    Raises: StoreError.
    """
    from bot.store import SqliteStore

    store = SqliteStore(path)
    try:
        yield store
    finally:
        store.close()


def reading_workspace(store: "Store", asked: str | None) -> str:
    """The workspace to read: the one asked for, else the only one.

    Raises: CommandError where it is not there, or several are and none was named.
    """
    known = store.workspaces()
    names = ", ".join(known)
    if asked is not None:
        if asked not in known:
            has = f"it has: {names}" if known else "it is empty"
            raise CommandError("unknown_workspace", f"The database has no workspace '{asked}'; {has}.", where=asked)
        return asked
    if len(known) > 1 and LOCAL not in known:
        message = f"The database has several workspaces; say which with --workspace: {names}."
        raise CommandError("several_workspaces", message, where="--workspace")
    return known[0] if len(known) == 1 else LOCAL


def writing_workspace(store: "Store", asked: str | None) -> str:
    """The workspace to import into: the one asked for, else the only one, else `LOCAL`."""
    known = store.workspaces()
    return asked or (known[0] if len(known) == 1 else LOCAL)
