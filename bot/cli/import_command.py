"""`seventy import`: files -> a report of what they say and change, and the import itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from bot.cli.company import LOCAL, database_path, shipped_rulebook, store_at, today, writing_workspace
from bot.cli.errors import CommandError
from bot.cli.history_command import user_name
from bot.cli.import_json import result_json
from bot.cli.import_result import applied, check_something_taken, planned
from bot.cli.import_text import result_text
from bot.cli.options import FILE, Day, Language, company_options, text_options
from bot.cli.output import print_json
from bot.cli.words import command_words
from bot.intake.importing import new_imports, read_file
from bot.store import Store
from scoring import Facts


@click.command("import")
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--as-of", type=Day(), metavar="DATE", help="The day the files were true. Default: today.")
@click.option("--add", is_flag=True, help="Add the people of the files to those known, not replace them.")
@company_options
@text_options
def import_files(
    files: tuple[Path, ...],
    as_of: date | None,
    db: Path | None,
    workspace: str | None,
    *,
    dry_run: bool,
    add: bool,
    as_json: bool,
    lang: Language,
) -> int:
    """Read Trainings reports (CSV, TSV), figures (CSV) and facts files (YAML) into the database.

    What a file is, is told by its content. All files of one call count together, or none of them.
    """
    rulebook, now = shipped_rulebook(), today()
    day = as_of or now
    read = tuple(read_file(_content(path), rulebook, name=path.name, as_of=day) for path in files)
    check_something_taken(read)
    imports = new_imports(read, as_of=day, made_by=user_name(), adds=add)
    with _store(database_path(db), dry_run=dry_run) as store:
        name = (workspace or LOCAL) if store is None else writing_workspace(store, workspace)
        before = Facts() if store is None else store.facts(name)
        plan = planned(rulebook, before, read, imports, workspace=name, as_of=as_of, now=now, is_dry_run=dry_run)
        result = applied(store, plan) if store and plan.is_change and not dry_run else plan
    if as_json:
        print_json(result_json(rulebook, result))
    else:
        click.echo("\n".join(result_text(rulebook, command_words(), lang, result)))
    return 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); check the path."
        raise CommandError("file_not_readable", message, where=str(path)) from error


@contextmanager
def _store(path: Path, *, dry_run: bool) -> Iterator[Store | None]:
    """The store; None for a dry run where there is none yet, because a dry run makes nothing."""
    if dry_run and not path.exists():
        yield None
        return
    with store_at(path) as store:
        yield store
