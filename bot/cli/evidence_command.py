"""`seventy evidence`: the customers, services and people behind the points of a metric, with file and line."""

from datetime import date
from pathlib import Path

import click

from bot.cli.company import read_company, shipped_rulebook, today
from bot.cli.errors import CommandError
from bot.cli.options import FILE, Language, company_options, on_option, text_options
from bot.cli.output import print_json
from bot.cli.words import command_words
from bot.metric_names import find_metric, near_metrics
from bot.wording.words import Words
from scoring.metric_rules import METRICS, MetricName, Track
from scoring.rulebook import Rulebook


@click.command()
@click.argument("area")
@click.argument("metric", nargs=-1, required=True)
@on_option
@click.option(
    "--track",
    type=click.Choice(["enterprise", "smb"], case_sensitive=False),
    help="Ask for this track. Default: the one that counts.",
)
@click.option("--facts", type=FILE, metavar="FILE", help="One YAML file with all facts, instead of the database.")
@company_options
@text_options
def evidence(
    area: str,
    metric: tuple[str, ...],
    on: date | None,
    track: Track | None,
    facts: Path | None,
    db: Path | None,
    workspace: str | None,
    *,
    as_json: bool,
    lang: Language,
) -> int:
    """What stands behind the points of a metric: customers, services and people, with file and line.

    METRIC takes every name in English and Japanese: net customer adds, adds, growth, 新規顧客, 中級資格.
    """
    rulebook, words = shipped_rulebook(), command_words()
    found = rulebook.find_area(area)
    asked = metric_of_area(rulebook, words, found, " ".join(metric))
    day = on or today()
    company = read_company(rulebook, facts=facts, db=db, workspace=workspace)
    from scoring.evidence import evidence as evidence_of  # loads numpy, which most commands do without

    try:
        behind = evidence_of(rulebook, company.facts, company.usage, found, asked, day, track=track)
    except KeyError:
        raise _unknown(rulebook, words, found, " ".join(metric)) from None
    if as_json:
        from bot.cli.evidence_json import evidence_json

        print_json(evidence_json(rulebook, words, behind))
    else:
        from bot.cli.evidence_text import evidence_text

        click.echo("\n".join(evidence_text(rulebook, words, lang, behind, company=company.facts.company)))
    return 0


def metric_of_area(rulebook: Rulebook, words: Words, area: str, given: str) -> MetricName:
    """The metric of an area by any of its names.

    Raises: CommandError with the near matches and the metrics that the area has.
    """
    found = find_metric(given)
    if found is None or found not in rulebook.area(area).metrics:
        raise _unknown(rulebook, words, area, given)
    return found


def _unknown(rulebook: Rulebook, words: Words, area: str, given: str) -> CommandError:
    rules = rulebook.area(area)
    has = [metric for metric in METRICS if metric in rules.metrics]
    near = [words.say(f"brief.{metric}", "en") for metric in near_metrics(given) if metric in has]
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    names = ", ".join(words.say(f"brief.{metric}", "en") for metric in has)
    message = f"{rules.name} has no metric called '{given}'; {hint}{'It' if near else 'it'} has: {names}."
    return CommandError("unknown_metric", message, where=given)
