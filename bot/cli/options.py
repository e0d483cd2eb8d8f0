"""The options that several commands share."""

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

Language = Literal["ja", "en"]
Function = TypeVar("Function", bound=Callable[..., Any])

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LAST_DAY = date(2199, 12, 31)  # windows and expiry dates after the day asked must still be days of the calendar


class Day(click.ParamType[date]):
    """A day of the calendar, written as 2026-11-20."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that says how to write one."""
        if isinstance(value, date):
            return value
        text = str(value).strip()
        if not _DAY.fullmatch(text):
            self.fail(f"'{value}' is not a day; write it as 2026-11-20.", param, ctx)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self.fail(f"'{value}' is not a day of the calendar; write one as 2026-11-20.", param, ctx)
        if day > _LAST_DAY:
            self.fail(f"'{value}' is too far ahead; the last day is {_LAST_DAY}.", param, ctx)
        return day


def _language_of_system() -> Language:
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "ja" if named.lower().startswith("ja") else "en"


FILE = click.Path(path_type=Path, readable=False)  # whoever reads it says why it cannot

json_option = click.option("--json", "as_json", is_flag=True, help="Print the documented JSON instead of text.")
lang_option = click.option(
    "--lang",
    type=click.Choice(["ja", "en"]),
    default=_language_of_system,
    show_default="from LC_ALL or LANG, else en",
    help="Language of the text.",
)
on_option = click.option("--on", type=Day(), metavar="DATE", help="The day asked, as 2026-11-20. Default: today.")
db_option = click.option(
    "--db",
    type=FILE,
    metavar="FILE",
    help="The database. Default: the setting SEVENTY_DATABASE (seventy.db).",
)
workspace_option = click.option(
    "--workspace",
    metavar="NAME",
    help="Whose data: a Slack team id. Default: the only one in the database, else 'local'.",
)


def company_options(function: Function) -> Function:
    """--db and --workspace."""
    return db_option(workspace_option(function))


def text_options(function: Function) -> Function:
    """--json and --lang."""
    return json_option(lang_option(function))
