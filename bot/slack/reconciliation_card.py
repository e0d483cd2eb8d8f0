"""The card of Partner Center beside ours: each metric that differs with its causes, and the text for a ticket."""

from collections.abc import Iterable
from datetime import date

from bot.slack import blocks
from bot.slack.action_ids import ENTER_FIGURES, SHOW_AREA
from bot.slack.blocks import SECTION_LIMIT, Block, Reply
from bot.wording.reconciliation_lines import DifferenceWords, ReconciliationLines
from bot.wording.reconciliation_ticket import ticket_text
from bot.wording.score_lines import ScoreLines
from bot.wording.words import Language, Words
from scoring.reconciliation import Reconciliation
from scoring.rulebook import Rulebook

FENCE = "```"


def reconciliation_card(
    rulebook: Rulebook, words: Words, language: Language, found: Reconciliation, *, today: date
) -> Reply:
    """The answer to `/score <area> check`."""
    lines = ReconciliationLines(rulebook, words, language, found)
    score = ScoreLines(rulebook, words, language, found.card)
    verdict, differences = lines.verdict(), lines.differences()
    rest = [*lines.how_to_start(), *lines.not_compared(), *lines.track()]
    ticket = ticket_text(rulebook, words, language, found)
    small_print = (lines.on_day(), score.data(), score.rules(), words.say("foot.private", language))
    parts = [
        blocks.header(verdict),
        *(block for one in differences for block in blocks.sections(map(blocks.escaped, _difference(one)))),
        *blocks.sections(map(blocks.escaped, rest)),
        *(_ticket(words, language, ticket) if ticket else []),
        blocks.context(map(blocks.escaped, small_print)),
        _buttons(words, language, found, today),
    ]
    said = [verdict, *(f"{one.name}: {one.line}" for one in differences), *rest]
    return Reply(text=blocks.escaped("\n".join(said)), blocks=parts)


def _difference(one: DifferenceWords) -> list[str]:
    return [f"*{one.name}*  {one.line}", *(f"• {cause}" for cause in one.causes), f"_{one.fitting}_"]


def _ticket(words: Words, language: Language, text: str) -> list[Block]:
    """The ticket as preformatted text, so that it can be copied as it is; in several blocks where it is long."""
    title = blocks.section(f"*{words.say('ticket.title', language)}*")
    literal = blocks.escaped(text.replace("`", "'"))
    return [title, *(blocks.section(f"{FENCE}{part}{FENCE}") for part in _pieces(literal.split("\n")))]


def _pieces(lines: Iterable[str]) -> list[str]:
    """Lines in as few pieces as fit between two fences; a line never ends in the middle of a piece."""
    most = SECTION_LIMIT - 2 * len(FENCE)
    found: list[str] = []
    for line in lines:
        shown = blocks.cut(line, most)
        if found and len(found[-1]) + 1 + len(shown) <= most:
            found[-1] += f"\n{shown}"
        else:
            found.append(shown)
    return found


def _buttons(words: Words, language: Language, found: Reconciliation, today: date) -> Block:
    card = found.card
    day = "" if card.on == today else f" {card.on}"
    return blocks.actions(
        blocks.button(words.say("button.area", language, area=card.name), SHOW_AREA, f"{card.area}{day}"),
        blocks.button(words.say("button.figures", language), ENTER_FIGURES, card.area),
    )
