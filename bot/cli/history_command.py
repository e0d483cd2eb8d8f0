"""`seventy imports` and `seventy undo`: what was imported, and taking one import back."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.company import existing_store, reading_workspace
from bot.cli.options import Language, company_options, text_options
from bot.cli.output import columns, plain, print_json
from bot.cli.words import command_words
from bot.wording.words import listed

if TYPE_CHECKING:
    from bot.store import ImportRecord


class ImportNumber(click.ParamType[int]):
    """The number of an import, as `seventy imports` lists it."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or a usage error that says where to find one."""
        if not re.fullmatch(r"[1-9][0-9]{0,8}", str(value)):
            self.fail(f"'{value}' is not the number of an import; list them with: seventy imports.", param, ctx)
        return int(value)


@click.command()
@company_options
@text_options
def imports(db: Path | None, workspace: str | None, *, as_json: bool, lang: Language) -> int:
    """Every import, newest first; those that were undone stay in the list."""
    with existing_store(db) as store:
        name = reading_workspace(store, workspace)
        records = store.imports(name)
    if as_json:
        print_json({"workspace": name, "imports": [import_json(record) for record in records]})
    elif records:
        heads = command_words().say("imports.heads", lang).split("|")
        click.echo("\n".join(columns([heads, *(_row(record, lang) for record in records)])))
    else:
        click.echo(command_words().say("imports.none", lang))
    return 0


@click.command()
@click.argument("import_id", type=ImportNumber(), required=False)
@company_options
@text_options
def undo(import_id: int | None, db: Path | None, workspace: str | None, *, as_json: bool, lang: Language) -> int:
    """Stop counting the import IMPORT_ID (default: the newest that counts). Its record stays."""
    with existing_store(db) as store:
        name = reading_workspace(store, workspace)
        record = store.undo(name, now=datetime.now(UTC), by=user_name(), import_id=import_id)
    if as_json:
        print_json({"workspace": name, "undone": import_json(record)})
    else:
        words, made = command_words(), record.made_at.date()
        click.echo(words.say("undo.done", lang, id=record.id, day=made, contents=_contents(record, lang)))
    return 0


def user_name() -> str:
    """Who runs the program, as its import records say."""
    return os.environ.get("USER") or os.environ.get("USERNAME") or "command line"


def import_json(record: "ImportRecord") -> dict[str, object]:
    """The record of an import."""
    found: dict[str, object] = plain(record)
    return {name: value for name, value in found.items() if name != "workspace"}


def _row(record: "ImportRecord", language: Language) -> list[str]:
    words, state = command_words(), ""
    if record.undone_at is not None:
        state = words.say("imports.undone", language, day=record.undone_at.date(), by=record.undone_by)
    kind = words.say(f"import.kind.{record.kind}", language)
    made, files = f"{record.made_at:%Y-%m-%d %H:%M}", ", ".join(file.name for file in record.files)
    return [str(record.id), made, record.made_by, kind, _contents(record, language), files, state]


def _contents(record: "ImportRecord", language: Language) -> str:
    words, said = command_words(), []
    counts = {name: str(getattr(record, name)) for name in ("people", "certifications", "figures")}
    if record.months is None or any(count != "0" for count in counts.values()):
        said.append(words.say("imports.contents", language, **counts))
    if record.months is not None:
        first, last = (f"{month:%Y-%m}" for month in record.months)
        said.append(words.say("imports.usage", language, rows=str(record.usage_rows), first=first, last=last))
    return listed(said, language, between="、" if language == "ja" else None)
