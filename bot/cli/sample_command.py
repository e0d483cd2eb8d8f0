"""`seventy sample`: the exports of an invented company, for demos, tests and benchmarks."""

import re
from pathlib import Path
from typing import Any

import click

from bot.cli.company import shipped_rulebook, today
from bot.cli.errors import CommandError
from bot.cli.options import FILE, Language, text_options
from bot.cli.output import columns, print_json
from bot.cli.words import command_words
from bot.sample_exports import (
    WrittenFile,
    azure_report,
    company_of_rows,
    invent_company,
    sample_reports,
    write_reports,
)
from bot.sample_exports.writing import Format
from scoring.usage import first_day, month_number

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_DEFAULT_TENANTS = 60
_MOST_TENANTS = 100_000
_MOST_MONTHS = 120
_MOST_ROWS = 50_000_000


class Month(click.ParamType[int]):
    """A month of the calendar, written as 2026-10; its number (see `scoring.usage.month_number`)."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number of the month, or a usage error that says how to write one."""
        if isinstance(value, int):
            return value
        found = _MONTH.fullmatch(str(value).strip())
        if not found or not 2000 <= int(found[1]) <= 2098:
            self.fail(f"'{value}' is not a month; write it as 2026-10.", param, ctx)
        return int(found[1]) * 12 + int(found[2]) - 1


@click.command(short_help="Write the exports of an invented company.")
@click.argument("folder", type=FILE, metavar="DIR")
@click.option("--seed", type=int, default=70, show_default=True, help="Another number gives another company.")
@click.option(
    "--tenants",
    type=click.IntRange(1, _MOST_TENANTS),
    metavar="N",
    help=f"Customers of the company.  [default: {_DEFAULT_TENANTS}]",
)
@click.option(
    "--months",
    type=click.IntRange(1, _MOST_MONTHS),
    default=25,
    show_default=True,
    metavar="N",
    help="Months in the reports; licence usage has one less.",
)
@click.option("--until", type=Month(), metavar="MONTH", help="The newest month, as 2026-10. Default: last month.")
@click.option(
    "--rows",
    type=click.IntRange(1, _MOST_ROWS),
    metavar="N",
    help="Write the Azure usage report alone, of as many customers as give about N rows.",
)
@click.option("--format", "form", type=click.Choice(["csv", "tsv"]), default="csv", show_default=True, help="Of files.")
@text_options
def sample(
    folder: Path,
    seed: int,
    tenants: int | None,
    months: int,
    until: int | None,
    rows: int | None,
    form: Format,
    *,
    as_json: bool,
    lang: Language,
) -> int:
    """Write the reports of an invented company into DIR, which must be empty or not there yet.

    Names are plainly invented. The same options give the same files, byte by byte.
    """
    newest = until if until is not None else month_number(today()) - 1
    if rows is not None and tenants is not None:
        raise CommandError("usage", "Give either --rows or --tenants, not both.", where="--rows")
    if rows is not None:
        company = company_of_rows(seed, rows, newest, months)
        reports = [azure_report(company)]
    else:
        company = invent_company(seed, tenants or _DEFAULT_TENANTS, newest, months)
        reports = sample_reports(company, shipped_rulebook())
    files = write_reports(reports, folder, form)
    until_text = first_day(newest).isoformat()[:7]
    found = {"seed": seed, "tenants": len(company.tenants), "months": months, "until": until_text}
    if as_json:
        print_json({"folder": str(folder), **found, "files": [_file_json(one) for one in files]})
    else:
        click.echo(command_words().say("sample.done", lang, folder=str(folder), **found))
        click.echo(
            "\n".join(columns([(f"{one.rows:,}", one.path.name) for one in files], indent="  ", right=frozenset({0})))
        )
    return 0


def _file_json(file: WrittenFile) -> dict[str, Any]:
    return {"path": str(file.path), "report": file.report, "rows": file.rows}
