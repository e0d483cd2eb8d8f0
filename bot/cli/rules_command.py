"""`seventy rules`: check rule files, and show the rules of an area on a day."""

from datetime import date
from pathlib import Path

import click

from bot.cli.company import shipped_rulebook, today
from bot.cli.errors import CommandError
from bot.cli.options import FILE, Language, on_option, text_options
from bot.cli.output import print_json
from bot.cli.rules_json import dates_json, edition_json
from bot.cli.rules_text import dates_text, edition_text
from bot.cli.words import command_words
from scoring import Rulebook, load_rulebook
from scoring.rulebook import RULES


@click.group()
def rules() -> None:
    """Show the scoring rules, or check rule files."""


@rules.command(short_help="Check rule files as a whole.")
@click.argument("folder", type=FILE, required=False)
@text_options
def lint(folder: Path | None, *, as_json: bool, lang: Language) -> int:
    """Check the rule files of FOLDER (default: those that Seventy ships) as a whole.

    The first mistake is told with its file and line.
    """
    place = folder or RULES
    if not place.is_dir():
        raise CommandError(
            "data_file", f"{place}: is not a folder; name the one with the rule files.", where=str(place)
        )
    rulebook = load_rulebook(place)
    found = {"folder": str(place), "files": len(list(place.glob("*.yaml"))), "areas": len(rulebook.areas)}
    values = _values(rulebook)
    if as_json:
        print_json({**found, "values": values, "ok": True})
    else:
        click.echo(command_words().say("rules.lint", lang, **found, values=values))
    return 0


@rules.command(short_help="The rules of an area on a day.")
@click.argument("area")
@on_option
@text_options
def show(area: str, on: date | None, *, as_json: bool, lang: Language) -> int:
    """The rules of AREA on a day: tracks, metrics, gates, certifications, sources, other readings."""
    rulebook = shipped_rulebook()
    area_id, day, words = rulebook.find_area(area), on or today(), command_words()
    shown = edition_json(rulebook, words, rulebook.edition(area_id, day), day)
    if as_json:
        print_json(shown)
    else:
        click.echo("\n".join(edition_text(words, lang, shown)))
    return 0


@rules.command(short_help="The days on which something of the programme starts or ends.")
@text_options
def dates(*, as_json: bool, lang: Language) -> int:
    """The days on which something of the programme starts or ends, oldest first, with their sources."""
    shown = dates_json(shipped_rulebook())
    if as_json:
        print_json(shown)
    else:
        click.echo("\n".join(dates_text(command_words(), lang, shown)))
    return 0


def _values(rulebook: Rulebook) -> int:
    """How many dated values the areas have: metric rules, certification lists and track rules."""
    dated = (
        len(area.tracks)
        + sum(len(values) for values in area.certification_lists.values())
        + sum(len(m.single) + len(m.enterprise) + len(m.smb) for m in area.metrics.values())
        for area in rulebook.areas.values()
    )
    return sum(dated)
