"""`seventy score`: one solution area, or all of them."""

from datetime import date
from pathlib import Path

import click

from bot.cli.company import read_facts, shipped_rulebook, today
from bot.cli.errors import ErrorReport, described
from bot.cli.options import FILE, Language, company_options, on_option, text_options
from bot.cli.output import print_json
from bot.cli.score_json import scorecard_json
from bot.cli.score_text import all_areas_text, scorecard_text
from bot.cli.words import command_words
from scoring import Facts, Rulebook, Scorecard, ScoringError
from scoring import score as score_area
from scoring.metric_rules import Track


@click.command()
@click.argument("area", required=False)
@on_option
@click.option(
    "--track",
    type=click.Choice(["enterprise", "smb"], case_sensitive=False),
    help="Ask for this track. Default: the one that counts.",
)
@click.option("--facts", type=FILE, metavar="FILE", help="One YAML file with all facts, instead of the database.")
@company_options
@text_options
def score(
    area: str | None,
    on: date | None,
    track: Track | None,
    facts: Path | None,
    db: Path | None,
    workspace: str | None,
    *,
    as_json: bool,
    lang: Language,
) -> int:
    """The score of a solution area on a day; without AREA, of all six.

    AREA takes every name and short form in English and Japanese: security, sec, セキュリティ.
    """
    rulebook = shipped_rulebook()
    found = None if area is None else rulebook.find_area(area)
    day = on or today()
    known = read_facts(rulebook, facts=facts, db=db, workspace=workspace)
    if found is None:
        return _all_areas(rulebook, known, day, track, as_json=as_json, lang=lang)
    card = score_area(rulebook, known, found, day, track=track)
    if as_json:
        print_json(scorecard_json(rulebook, command_words(), card))
    else:
        click.echo("\n".join(scorecard_text(rulebook, command_words(), lang, card, company=known.company)))
    return 0


def _all_areas(
    rulebook: Rulebook, facts: Facts, day: date, track: Track | None, *, as_json: bool, lang: Language
) -> int:
    results = {area: _scored(rulebook, facts, area, day, track) for area in rulebook.areas}
    errors = [result for result in results.values() if isinstance(result, ErrorReport)]
    all_failed = len(errors) == len(results)
    if as_json:
        edition = None if all_failed else rulebook.edition_name(day).id
        areas = [_area_json(rulebook, area, result) for area, result in results.items()]
        failed = {"error": errors[0].as_json()} if all_failed else {}
        print_json({**failed, "on": day, "edition": edition, "areas": areas})
    elif all_failed:
        click.echo("\n".join(dict.fromkeys(error.text for error in errors)), err=True)
    else:
        click.echo("\n".join(all_areas_text(rulebook, command_words(), lang, results, day)))
    return 2 if all_failed else 0


def _scored(rulebook: Rulebook, facts: Facts, area: str, day: date, track: Track | None) -> Scorecard | ErrorReport:
    try:
        return score_area(rulebook, facts, area, day, track=track)
    except ScoringError as error:
        return described(error)


def _area_json(rulebook: Rulebook, area: str, result: Scorecard | ErrorReport) -> dict[str, object]:
    if isinstance(result, ErrorReport):
        return {"area": area, "error": result.as_json()}
    return scorecard_json(rulebook, command_words(), result)
