"""`seventy reconcile`: the figures that Partner Center shows beside ours, with causes and a ticket text."""

from datetime import date
from pathlib import Path

import click

from bot.cli.company import read_facts, shipped_rulebook, today
from bot.cli.errors import ErrorReport, described
from bot.cli.options import FILE, Language, company_options, on_option, text_options
from bot.cli.output import print_json
from bot.cli.reconcile_json import reconciliation_json
from bot.cli.reconcile_text import all_areas_text, reconciliation_text
from bot.cli.words import command_words
from bot.wording.reconciliation_ticket import ticket_text
from scoring import Facts, Rulebook, ScoringError
from scoring.metric_rules import Track
from scoring.reconciliation import Reconciliation
from scoring.reconciliation import reconcile as reconcile_area


@click.command()
@click.argument("area", required=False)
@on_option
@click.option(
    "--track",
    type=click.Choice(["enterprise", "smb"], case_sensitive=False),
    help="Compare this track. Default: the one that counts, or the one typed in.",
)
@click.option("--ticket", is_flag=True, help="Print only the text for a ticket to Partner Center support.")
@click.option("--facts", type=FILE, metavar="FILE", help="One YAML file with all facts, instead of the database.")
@company_options
@text_options
def reconcile(
    area: str | None,
    on: date | None,
    track: Track | None,
    facts: Path | None,
    db: Path | None,
    workspace: str | None,
    *,
    ticket: bool,
    as_json: bool,
    lang: Language,
) -> int:
    """What Partner Center shows (typed in) beside what we compute; without AREA, every area with differences."""
    rulebook = shipped_rulebook()
    found = None if area is None else rulebook.find_area(area)
    day = on or today()
    known = read_facts(rulebook, facts=facts, db=db, workspace=workspace)
    if found is None:
        return _all_areas(rulebook, known, day, track, ticket=ticket, as_json=as_json, lang=lang)
    result = reconcile_area(rulebook, known, found, day, track)
    if as_json:
        print_json(reconciliation_json(rulebook, command_words(), result))
    elif ticket:
        _print_tickets(rulebook, lang, [result])
    else:
        click.echo("\n".join(reconciliation_text(rulebook, command_words(), lang, result, company=known.company)))
    return 0


def _all_areas(
    rulebook: Rulebook, facts: Facts, day: date, track: Track | None, *, ticket: bool, as_json: bool, lang: Language
) -> int:
    results = {area: _reconciled(rulebook, facts, area, day, track) for area in rulebook.areas}
    errors = {area: one for area, one in results.items() if isinstance(one, ErrorReport)}
    differing = [one for one in results.values() if isinstance(one, Reconciliation) and one.differing]
    all_failed = len(errors) == len(results)
    if as_json:
        areas = [reconciliation_json(rulebook, command_words(), one) for one in differing]
        failed = [{"area": area, "error": error.as_json()} for area, error in errors.items()]
        first = {"error": next(iter(errors.values())).as_json()} if all_failed else {}
        print_json({**first, "on": day, "areas": [*areas, *failed]})
    elif all_failed:
        click.echo("\n".join(dict.fromkeys(error.text for error in errors.values())), err=True)
    elif ticket:
        _print_tickets(rulebook, lang, differing)
    else:
        click.echo("\n".join(all_areas_text(rulebook, command_words(), lang, results, differing, day)))
    return 2 if all_failed else 0


def _reconciled(
    rulebook: Rulebook, facts: Facts, area: str, day: date, track: Track | None
) -> Reconciliation | ErrorReport:
    try:
        return reconcile_area(rulebook, facts, area, day, track)
    except ScoringError as error:
        return described(error)


def _print_tickets(rulebook: Rulebook, lang: Language, results: list[Reconciliation]) -> None:
    """The tickets alone, ready to be pasted; what there is to say where nothing differs goes to stderr."""
    tickets = [text for one in results if (text := ticket_text(rulebook, command_words(), lang, one)) is not None]
    if tickets:
        click.echo("\n\n".join(tickets))
    else:
        click.echo(command_words().say("reconciliation.no_ticket", lang), err=True)
