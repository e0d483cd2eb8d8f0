"""A reconciliation as plain text: verdict, the metrics that differ with their causes, the ticket, the small print."""

from collections.abc import Mapping
from datetime import date

from bot.cli.errors import ErrorReport
from bot.wording.reconciliation_lines import DifferenceWords, ReconciliationLines
from bot.wording.reconciliation_ticket import ticket_text
from bot.wording.score_lines import ScoreLines
from bot.wording.words import Language, Words, day
from scoring.reconciliation import Reconciliation
from scoring.rulebook import Rulebook


def reconciliation_text(
    rulebook: Rulebook, words: Words, language: Language, found: Reconciliation, *, company: str | None = None
) -> list[str]:
    """The lines of `seventy reconcile AREA`."""
    lines = ReconciliationLines(rulebook, words, language, found)
    score = ScoreLines(rulebook, words, language, found.card)
    ticket = ticket_text(rulebook, words, language, found)
    return [
        lines.verdict(),
        *_differences(lines),
        *(line.replace("`", "") for line in lines.how_to_start()),
        *lines.not_compared(),
        *lines.track(),
        *(["", lines.say("ticket.title"), *ticket.splitlines(), ""] if ticket else []),
        *([company] if company else []),
        lines.on_day(),
        score.data(),
        score.rules(),
    ]


def _differences(lines: ReconciliationLines) -> list[str]:
    return [line for one in lines.differences() for line in _difference(one)]


def _difference(one: DifferenceWords) -> list[str]:
    return [f"  {one.name}: {one.line}", *(f"    • {cause}" for cause in one.causes), f"    {one.fitting}"]


def all_areas_text(
    rulebook: Rulebook,
    words: Words,
    language: Language,
    results: Mapping[str, Reconciliation | ErrorReport],
    differing: list[Reconciliation],
    on: date,
) -> list[str]:
    """The lines of `seventy reconcile`: every area with differences; the tickets are asked for by area or --ticket."""
    said: list[str] = []
    for found in differing:
        lines = ReconciliationLines(rulebook, words, language, found)
        said += [lines.verdict(), *_differences(lines), *lines.track()]
    errors = {area: one for area, one in results.items() if isinstance(one, ErrorReport)}
    failed = [f"{rulebook.area(area).name}: {error.message}" for area, error in errors.items()]
    compared = any(isinstance(one, Reconciliation) and one.compared for one in results.values())
    nothing = "reconciliation.all_equal" if compared else "reconciliation.nothing_compared"
    said = said or [words.say(nothing, language).replace("`", "")]
    return [*said, *failed, words.say("card.on_day", language, day=day(on, language))]
