"""The card of all six areas, the one that needs attention first."""

from datetime import date

from bot.slack import blocks
from bot.slack.action_ids import CHOOSE_AREA, ENTER_FIGURES, SHOW_AREA, SHOW_SAMPLE
from bot.slack.blocks import Block, Reply
from bot.wording.overview_lines import OverviewLines, Standing, standings_of
from bot.wording.words import Language, Words, day
from scoring.rulebook import Rulebook
from scoring.scorecard import Scorecard


def overview_card(
    rulebook: Rulebook,
    words: Words,
    language: Language,
    cards: list[Scorecard],
    failures: list[str],
    *,
    today: date,
    is_sample: bool = False,
) -> Reply:
    """The answer to `/score`. `failures` are the sentences of areas that have no score."""
    standings = standings_of(rulebook, cards)
    lines = OverviewLines(rulebook, words, language, standings)
    first, on = lines.verdict(), cards[0].on
    rows = lines.rows()
    another_day = [f"_{words.say('card.on_day', language, day=day(on, language))}_"] if on != today else []
    shown = [f"*{row.name}*  *{row.total}*  {row.status}" for row in rows]
    who = words.say("foot.sample" if is_sample else "foot.private", language)
    parts = [
        blocks.header(first),
        *blocks.sections([blocks.escaped(line) for line in [*another_day, *shown]]),
        *blocks.sections([f"• {failure}" for failure in failures]),
        *blocks.sections([blocks.escaped(line) for line in [*lines.next_step(), *lines.cloud_badge()]]),
        blocks.context([blocks.escaped(line) for line in (lines.data(), lines.rules(), who)]),
        _buttons(words, language, standings, asked=on if on != today else None, is_sample=is_sample),
    ]
    plain = [f"{row.name}  {row.total}  {row.status}" for row in rows]
    return Reply(text=blocks.escaped("\n".join([first, *plain])), blocks=parts)


def _buttons(
    words: Words, language: Language, standings: list[Standing], *, asked: date | None, is_sample: bool
) -> Block:
    """The first area, any area, and the form. The day travels along only where another one than today was asked."""
    first, suffix = standings[0].card, "" if asked is None or is_sample else f" {asked}"
    show, choose = (f"{SHOW_SAMPLE}:first", f"{SHOW_SAMPLE}:any") if is_sample else (SHOW_AREA, CHOOSE_AREA)
    options = {f"{one.card.area}{suffix}": one.card.name for one in standings}
    return blocks.actions(
        blocks.button(words.say("button.area", language, area=first.name), show, f"{first.area}{suffix}", primary=True),
        blocks.menu(words.say("all.choose", language), choose, options),
        blocks.button(words.say("button.figures", language), ENTER_FIGURES, first.area),
    )
