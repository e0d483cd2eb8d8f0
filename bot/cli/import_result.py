"""What one call of `seventy import` reads, changes and stores: all of it, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import reduce

from bot.cli.errors import CommandError
from bot.intake.import_changes import Effect, effects, facts_after, is_same, vanished
from bot.intake.importing import ReadFile
from bot.store import ImportRecord, NewImport, Store, StoreError
from scoring import Facts, Rulebook


@dataclass(frozen=True)
class ImportResult:
    """What was read, and what it changes. `records` are the imports made; none after a dry run."""

    workspace: str
    as_of: date
    is_dry_run: bool
    is_change: bool
    files: tuple[ReadFile, ...]
    imports: tuple[NewImport, ...]
    vanished: tuple[str, ...]
    effects: tuple[Effect, ...]
    records: tuple[ImportRecord, ...] = ()


def check_something_taken(files: Sequence[ReadFile]) -> None:
    """Refuse files of which nothing can be used: a list without anybody would take everybody's credit away.

    Raises: CommandError.
    """
    if any(one.taken for one in files):
        return
    first = files[0]
    rejected = next((problem for one in files for problem in one.rejected), None)
    why = f" Line {rejected.line}: {rejected.message}." if rejected else ""
    rows = sum(one.rows_read for one in files)
    said = "there are no rows" if not rows else f"of {rows} row{'s' if rows > 1 else ''} none could be taken"
    message = f"{first.file.name}: {said}; nothing was changed.{why}"
    where = f"{first.file.name}:{rejected.line}" if rejected else first.file.name
    raise CommandError("nothing_taken", message, where=where)


def planned(
    rulebook: Rulebook,
    before: Facts,
    files: tuple[ReadFile, ...],
    imports: tuple[NewImport, ...],
    *,
    workspace: str,
    as_of: date | None,
    now: date,
    is_dry_run: bool,
) -> ImportResult:
    """What the imports would change. `as_of` is the day asked for, if any."""
    after = reduce(facts_after, imports, before)
    on = max([now, *(one.as_of for one in imports if one.as_of is not None)])
    same = is_same(before, after, assumed_day=None if as_of else now)
    return ImportResult(
        workspace=workspace,
        as_of=as_of or now,
        is_dry_run=is_dry_run,
        is_change=not same,
        files=files,
        imports=imports,
        vanished=vanished(before, after),
        effects=effects(rulebook, before, after, on),
    )


def applied(store: Store, result: ImportResult) -> ImportResult:
    """Store the imports of a result; when one fails, those before it stop counting.

    Raises: StoreError.
    """
    made: list[ImportRecord] = []
    now = datetime.now(UTC)
    try:
        for new in result.imports:
            made.append(store.add_import(result.workspace, new, now=now))
    except StoreError:
        for record in reversed(made):
            store.undo(result.workspace, now=now, by=record.made_by, import_id=record.id)
        raise
    return replace(result, records=tuple(made))
