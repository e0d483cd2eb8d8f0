"""What every store can do, whatever database is behind it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot.store.records import ImportRecord, NewImport
from scoring.facts import Facts

if TYPE_CHECKING:
    from scoring.usage import UsageRows

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
        inputs alike, by area and day. Membership: the newest, and so is the company's name. Imports that were undone
        count nowhere.
        """

    def usage(self, workspace: str, datasets: Collection[str] | None = None) -> tuple["UsageRows", ...]:
        """The usage that counts now, of all datasets or of these, ordered by dataset, import and file.

        Of each month of a dataset only the newest import that holds it counts, with all its files; rows of older
        ones are left out, and so are those of imports that were undone. `import_id` is set. Texts that no row uses
        any more may stay; arrays may be read-only.
        """

    def usage_version(self, workspace: str) -> str:
        """Tells the usage that counts now: equal for equal usage, different for different; empty without any."""

    def holds_usage(self, workspace: str, usage: Sequence["UsageRows"]) -> bool:
        """Whether storing this would change nothing: its months are there already, each with just these rows.

        The order of the rows, their lines and the names of their files make no difference.
        """

    def measured(self, workspace: str, version: str) -> bytes | None:
        """What was kept under that version, if it was the last one kept."""

    def keep_measured(self, workspace: str, version: str, content: bytes) -> None:
        """Keep what took long to compute, in place of what was kept before; the facts stay as they are.

        Nothing is kept, at once and without an error, when the database is busy, full or read-only.
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
