"""The card of what stands behind a metric: verdict, rule, customers or certifications with their rows, limits."""

from datetime import date

from bot.slack import blocks
from bot.slack.action_ids import CHOOSE_METRIC, SHOW_AREA
from bot.slack.blocks import Block, Reply
from bot.slack.notices import GIVEN_LIMIT, notice
from bot.wording.evidence_lines import EvidenceLines
from bot.wording.words import Language, Words, listed
from scoring.evidence import Evidence
from scoring.metric_rules import METRICS, MetricName
from scoring.rulebook import Rulebook

MOST_UNITS = 20  # lines; the command shows all


def evidence_card(rulebook: Rulebook, words: Words, language: Language, evidence: Evidence, *, today: date) -> Reply:
    """The answer to `/score <area> why <metric>`. People are not named: anybody may ask in Slack."""
    lines = EvidenceLines(rulebook, words, language, evidence)
    verdict = lines.verdict()
    behind = [*_units(lines), *_people(lines)]
    title, *limits = lines.limits() or [""]
    parts = [
        blocks.header(verdict),
        *blocks.sections([blocks.escaped(line) for line in (*lines.how(), lines.rule())]),
        *blocks.sections([f"*{blocks.escaped(line)}*" for line in lines.numbers()]),
        *_plain_sections(behind),
        *blocks.sections([blocks.escaped(line) for line in _more(lines)]),
        *blocks.sections([f"*{title}*", *(f"• {blocks.escaped(limit)}" for limit in limits)] if limits else []),
        blocks.context(
            _literal(line) for line in (lines.source(), *lines.context(), words.say("foot.private", language))
        ),
        _buttons(words, language, evidence, today),
    ]
    said = [verdict, *lines.how(), lines.rule(), *lines.numbers(), *behind, *_more(lines)]
    return Reply(text=blocks.escaped("\n".join(said)), blocks=parts)


def _units(lines: EvidenceLines) -> list[str]:
    found = [lines.unit(unit) for unit in lines.in_order()[:MOST_UNITS]]
    return [_line(one.status, one.who, one.amounts, one.rows, one.remark) for one in found]


def _people(lines: EvidenceLines) -> list[str]:
    found = [lines.person(person, named=False) for person in lines.evidence.people[:MOST_UNITS]]
    return [_line(one.step, one.certification, one.until, one.row, one.remark) for one in found]


def _line(*parts: str) -> str:
    return f"• {' · '.join(filter(None, parts))}"


def _more(lines: EvidenceLines) -> list[str]:
    """What is not shown, and the command that shows all."""
    command = lines.command()
    if lines.evidence.people:
        return [lines.say("evidence.no_names", command=command)]
    rest = lines.in_order()[MOST_UNITS:]
    return [lines.say("evidence.more_units", numbers=lines.how_many(rest), command=command)] if rest else []


def _plain_sections(said: list[str]) -> list[Block]:
    """Lines as they are, in as many blocks as it takes: names from outside are never read as mark-up."""
    made: list[Block] = []
    for block in blocks.sections(said):
        text = {"type": "plain_text", "text": block["text"]["text"], "emoji": False}
        made.append(block | {"text": text})
    return made


def _literal(line: str) -> str:
    """A line of small print that holds the name of a file: without the signs of mark-up."""
    return blocks.escaped(line.translate(_MARKUP))


_MARKUP = {ord(sign): None for sign in "*~`"}


def _buttons(words: Words, language: Language, evidence: Evidence, today: date) -> Block:
    card = evidence.card
    day = "" if card.on == today else f" {card.on}"
    return blocks.actions(
        blocks.button(words.say("button.area", language, area=card.name), SHOW_AREA, f"{card.area}{day}"),
        metric_menu(words, language, card.area, tuple(one.metric for one in card.chosen.metrics), day.strip()),
    )


def metric_menu(words: Words, language: Language, area: str, metrics: tuple[MetricName, ...], on: str) -> Block:
    """The menu that asks for the evidence of a metric; the day travels along where it is not today."""
    ordered = sorted(metrics, key=METRICS.index)
    options = {f"{area} {metric} {on}".strip(): words.say(f"brief.{metric}", language) for metric in ordered}
    return blocks.menu(words.say("evidence.ask", language), CHOOSE_METRIC, options)


def which_metric(
    rulebook: Rulebook, words: Words, language: Language, area: str, given: str, near: tuple[MetricName, ...], on: str
) -> Reply:
    """The answer to a question for the evidence of no metric, or of one that the area does not have."""
    rules = rulebook.area(area)
    has = tuple(metric for metric in METRICS if metric in rules.metrics)
    name = blocks.escaped(rules.name)
    if given:
        shown = blocks.escaped(blocks.cut(given, GIVEN_LIMIT))
        said = [words.say("error.unknown_metric", language, area=name, given=shown)]
        meant = [words.say(f"brief.{metric}", language) for metric in near if metric in has]
        either = words.say("error.did_you_mean.or", language)
        said += [words.say("error.did_you_mean_metric", language, metrics=either.join(meant))] if meant else []
    else:
        said = [words.say("evidence.which", language, area=name)]
    names = listed([words.say(f"brief.{metric}", language) for metric in has], language)
    said.append(words.say("evidence.has", language, area=name, metrics=names))
    return notice(words, language, "\n".join(said), [metric_menu(words, language, area, has, on)])
