"""`seventy import`: files -> a report of what they say and change, and the import itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click

from bot.cli.company import LOCAL, database_path, shipped_rulebook, store_at, today, writing_workspace
from bot.cli.history_command import user_name
from bot.cli.import_json import result_json
from bot.cli.import_text import result_text
from bot.cli.options import FILE, Day, Language, company_options, text_options
from bot.cli.output import print_json
from bot.cli.words import command_words
from bot.import_plan import applied, check_something_taken, planned
from bot.intake.importing import read_files
from bot.intake.source_files import source_files
from bot.store import Store


@click.command("import")
@click.argument("paths", type=FILE, nargs=-1, required=True, metavar="PATH...")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--as-of", type=Day(), metavar="DATE", help="The day the files were true. Default: today.")
@click.option("--add", is_flag=True, help="Add the people of the files to those known, not replace them.")
@company_options
@text_options
def import_files(
    paths: tuple[Path, ...],
    as_of: date | None,
    db: Path | None,
    workspace: str | None,
    *,
    dry_run: bool,
    add: bool,
    as_json: bool,
    lang: Language,
) -> int:
    """Read Partner Center reports, figures and facts files into the database.

    PATH is a file (CSV, TSV, xlsx, zip, gz, YAML) or a folder with such files. What a file is, is told by its
    content. All files of one call count together, or none of them.
    """
    rulebook, now = shipped_rulebook(), today()
    files = read_files(source_files(paths), rulebook, as_of=as_of or now)
    check_something_taken(files)
    with _store(database_path(db), dry_run=dry_run) as store:
        name = (workspace or LOCAL) if store is None else writing_workspace(store, workspace)
        plan = planned(store, rulebook, files, workspace=name, as_of=as_of, today=now, made_by=user_name(), adds=add)
        record = None
        if store is not None and plan.is_change and not dry_run:
            record = applied(store, rulebook, plan, now=datetime.now(UTC))
    if as_json:
        print_json(result_json(rulebook, plan, record, is_dry_run=dry_run))
    else:
        click.echo("\n".join(result_text(rulebook, command_words(), lang, plan, record, is_dry_run=dry_run)))
    return 0


@contextmanager
def _store(path: Path, *, dry_run: bool) -> Iterator[Store | None]:
    """The store; None for a dry run where there is none yet, because a dry run makes nothing."""
    if dry_run and not path.exists():
        yield None
        return
    with store_at(path) as store:
        yield store
