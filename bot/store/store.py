"""What every store can do, whatever database is behind it."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.store.records import ImportRecord, NewImport
from scoring.facts import Facts

LOCAL = "local"  # the workspace of a company that works on the command line, before Slack is connected


class Store(Protocol):
    """The memory of every company, each under its workspace (the Slack team id, or `LOCAL`).

    A store is used in the thread that opened it. Every method may raise StoreError; a method that raises has
    changed nothing. Moments are aware; a naive one is a ValueError.
    """

    def facts(self, workspace: str) -> Facts:
        """Everything now known of the company; every fact's origin says which import brought it.

        People: the newest import that lists them is everybody, and later ones with `adds` come on top; None
        where no import lists people. Of one certification of one person the latest expiry is kept (none given
        is the latest; of equal ones the one read later). `people_as_of` is the day of the newest of them.
        Figures: of the same area, track, metric and day those of the newest import; other days stay. Track
        inputs alike, by area and day. Membership: the newest. Imports that were undone count nowhere.
        """

    def revision(self, workspace: str) -> int:
        """A number that grows with every change of the company's facts, and stays the same without one."""

    def add_import(self, workspace: str, new: NewImport, *, now: datetime) -> ImportRecord:
        """Store an import, wholly or not at all."""

    def undo(self, workspace: str, *, now: datetime, by: str, import_id: int | None = None) -> ImportRecord:
        """Stop counting an import: the newest that still counts, or the one of `import_id`. Its record stays.

        Raises: NothingToUndoError when there is none, no such one, or it was undone before.
        """

    def imports(self, workspace: str) -> tuple[ImportRecord, ...]:
        """Every import ever made, undone ones too, newest first."""

    def workspaces(self) -> tuple[str, ...]:
        """Every workspace that ever imported anything, in alphabetical order."""

    def adopt_local(self, team: str) -> bool:
        """Give the command line's company to a team; False where the team has imports, or LOCAL has none."""

    def language(self, workspace: str, user: str) -> str | None:
        """The language that a person chose, if any."""

    def set_language(self, workspace: str, user: str, language: str | None) -> None:
        """Remember the language that a person chose; None forgets it."""

    def backup(self, path: Path) -> None:
        """Write a checked copy of everything to `path`; a file there is replaced at the end, at once."""

    def close(self) -> None:
        """Let go of the database; the store is of no use after this."""
