"""The card of one solution area: verdict, metrics, what is missing, what to watch, and where it comes from."""

from datetime import date

from bot.slack import blocks
from bot.slack.action_ids import ENTER_FIGURES, SHOW_ALL, SHOW_SAMPLE
from bot.slack.blocks import Block, Reply
from bot.slack.evidence_card import metric_menu
from bot.wording.metric_lines import MetricWords, metric_words
from bot.wording.score_lines import ScoreLines
from bot.wording.words import Language, Words, day
from scoring.rulebook import Rulebook
from scoring.scorecard import Scorecard

MOST_WARNINGS = 6  # a card stays readable on a telephone; the command line lists all


def score_card(
    rulebook: Rulebook, words: Words, language: Language, card: Scorecard, *, today: date, is_sample: bool = False
) -> Reply:
    """The answer to `/score <area>`. `today` is the reader's day, which may not be the day asked."""
    lines = ScoreLines(rulebook, words, language, card)
    metrics = [metric_words(words, language, card.chosen, metric) for metric in card.chosen.metrics]
    first = lines.verdict()
    another_day = [f"_{lines.say('card.on_day', day=day(card.on, language))}_"] if card.on != today else []
    paragraphs = (
        [*another_day, *lines.known_so_far(), *(_metric(metric) for metric in metrics)],
        lines.ways(),
        lines.warnings(MOST_WARNINGS),
        [*lines.tracks(), *lines.renewal()],
    )
    parts = [blocks.header(first)]
    for paragraph in paragraphs:
        parts += blocks.sections([blocks.escaped(line) for line in paragraph])
    who = words.say("foot.sample" if is_sample else "foot.private", language)
    small_print = [lines.data(), *lines.limits(), lines.rules(), *lines.badge(), who]
    parts.append(blocks.context([blocks.escaped(line) for line in small_print]))
    parts.append(_sample_buttons(words, language) if is_sample else _buttons(words, language, card, today))
    return Reply(text=blocks.escaped("\n".join([first, *(metric.plain for metric in metrics)])), blocks=parts)


def _metric(metric: MetricWords) -> str:
    mark = ":warning: " if metric.remark else ""
    return f"{mark}*{metric.name}*  *{metric.points}* / {metric.maximum}{metric.remark}  {metric.detail}"


def _buttons(words: Words, language: Language, card: Scorecard, today: date) -> Block:
    asked = card.on.isoformat() if card.on != today else "today"  # a card of yesterday leads to today
    metrics = tuple(one.metric for one in card.chosen.metrics)
    return blocks.actions(
        blocks.button(words.say("button.all", language), SHOW_ALL, asked),
        metric_menu(words, language, card.area, metrics, card.on.isoformat() if card.on != today else ""),
        blocks.button(words.say("button.figures", language), ENTER_FIGURES, card.area),
    )


def _sample_buttons(words: Words, language: Language) -> Block:
    return blocks.actions(
        blocks.button(words.say("button.all", language), SHOW_SAMPLE, "all"),
        blocks.button(words.say("button.figures", language), ENTER_FIGURES, "sample"),
    )
