"""A scorecard as plain text: verdict, metrics, ways, warnings, renewal, age and source of the data."""

from collections.abc import Mapping
from datetime import date

from bot.cli.errors import ErrorReport
from bot.cli.output import columns
from bot.wording.metric_lines import metric_words
from bot.wording.overview_lines import OverviewLines, standings_of
from bot.wording.score_lines import ScoreLines
from bot.wording.words import Language, Words, day
from scoring.rulebook import Rulebook
from scoring.scorecard import Scorecard


def scorecard_text(
    rulebook: Rulebook, words: Words, language: Language, card: Scorecard, *, company: str | None = None
) -> list[str]:
    """The lines of `seventy score AREA`."""
    lines = ScoreLines(rulebook, words, language, card)
    metrics = [metric_words(words, language, card.chosen, metric) for metric in card.chosen.metrics]
    table = [(one.name, f"{one.points} / {one.maximum}", f"{one.remark} {one.detail}".strip()) for one in metrics]
    found = [lines.verdict(), *columns(table, indent="  "), *lines.known_so_far(), *_how_to_start(lines)]
    for title, *items in filter(None, (lines.ways(), lines.warnings())):
        found += [title, *(f"  {item}" for item in items)]
    found += [*lines.tracks(), *lines.renewal(), *([company] if company else [])]
    found += [
        words.say("card.on_day", language, day=day(card.on, language)),
        lines.data(),
        *lines.limits(),
        lines.rules(),
        *lines.badge(),
    ]
    return [line.replace("*", "") for line in found]


def _how_to_start(lines: ScoreLines) -> list[str]:
    """What to do while nothing at all is known of the area."""
    if any(metric.basis != "not_known" for metric in lines.chosen.metrics):
        return []
    said = [lines.say(f"empty.{part}").replace("`", "") for part in ("title", "import", "promise")]
    return [line.removeprefix("2. ") for line in said]  # the second of the three ways that Slack lists


def all_areas_text(
    rulebook: Rulebook,
    words: Words,
    language: Language,
    results: Mapping[str, Scorecard | ErrorReport],
    on: date,
) -> list[str]:
    """The lines of `seventy score`: the area that needs attention first, then every area."""
    cards = [result for result in results.values() if isinstance(result, Scorecard)]
    lines = OverviewLines(rulebook, words, language, standings_of(rulebook, cards))
    table = [(row.name, row.total, row.status) for row in lines.rows()]
    errors = {area: result for area, result in results.items() if isinstance(result, ErrorReport)}
    failed = [f"  {rulebook.area(area).name}: {error.message}" for area, error in errors.items()]
    found = [lines.verdict(), *columns(table, indent="  ", right=frozenset({1})), *failed, *lines.next_step()]
    found += [
        *lines.cloud_badge(),
        words.say("card.on_day", language, day=day(on, language)),
        lines.data(),
        lines.rules(),
    ]
    return [line.replace("*", "") for line in found]
