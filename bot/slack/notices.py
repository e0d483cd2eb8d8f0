"""Help, the empty state, and errors: what to do next, with buttons that do it."""

from bot.slack import blocks
from bot.slack.action_ids import ENTER_FIGURES, IMPORT_FILES, SHOW_ALL, SHOW_AREA, SHOW_HELP, SHOW_SAMPLE
from bot.slack.blocks import Block, Reply
from bot.wording.words import Language, Words, listed
from scoring.errors import ScoringError, UnknownSolutionAreaError
from scoring.rulebook import Rulebook

GIVEN_LIMIT = 100  # characters of what a person typed that an answer repeats

_COMMANDS = (
    ("/score", "help.all"),
    ("/score security", "help.area"),
    ("/score security on 2027-01-31", "help.on"),
    ("/score security why net customer adds", "help.why"),
    ("/score security check", "help.check"),
    ("/score figures security", "help.figures"),
    ("/score import", "help.import"),
    ("/score sample", "help.sample"),
    ("/score lang ja | en | auto", "help.language"),
)


def help_card(rulebook: Rulebook, words: Words, language: Language) -> Reply:
    """The answer to `/score help`."""
    title = words.say("help.title", language)
    lines = [f"`{command}`  {words.say(key, language)}" for command, key in _COMMANDS]
    names = listed([blocks.escaped(rules.name) for rules in rulebook.areas.values()], language)
    areas = words.say("help.areas", language, areas=names)
    made = [
        blocks.header(title),
        *blocks.sections(lines),
        *blocks.sections([areas]),
        blocks.context([words.say("help.private", language)]),
        blocks.actions(
            blocks.button(words.say("button.all", language), SHOW_ALL, "help"),
            blocks.button(words.say("button.figures", language), ENTER_FIGURES, "help"),
            blocks.button(words.say("button.sample", language), SHOW_SAMPLE, "help"),
        ),
    ]
    return Reply(text="\n".join([title, *lines, areas]), blocks=made)


def empty_card(words: Words, language: Language, *, takes_files: bool) -> Reply:
    """The answer while nothing is known: how to start, and no invented numbers. `takes_files`: also from Slack."""
    title = words.say("empty.title", language)
    by_import = "empty.import_here" if takes_files else "empty.import"
    keys = ("empty.intro", "empty.figures", by_import, "empty.sample", "empty.promise")
    lines = [words.say(key, language) for key in keys]
    made = [
        blocks.header(title),
        *blocks.sections(lines),
        blocks.actions(
            blocks.button(words.say("button.figures", language), ENTER_FIGURES, "start", primary=True),
            *([blocks.button(words.say("button.import", language), IMPORT_FILES, "start")] if takes_files else []),
            blocks.button(words.say("button.sample", language), SHOW_SAMPLE, "start"),
            blocks.button(words.say("button.help", language), SHOW_HELP, "start"),
        ),
    ]
    return Reply(text="\n".join([title, *lines]), blocks=made)


def error_card(rulebook: Rulebook, words: Words, language: Language, error: ScoringError, *, on: str) -> Reply:
    """A known error as a sentence in the reader's language, with the near matches as buttons."""
    text = error_line(words, language, error)
    buttons: list[Block] = []
    if isinstance(error, UnknownSolutionAreaError):
        near = [(area, rulebook.area(area).name) for area in error.values["suggestions"]]  # type: ignore[attr-defined]
        if near:
            names = words.say("error.did_you_mean.or", language).join(blocks.escaped(name) for _, name in near)
            between = "" if language == "ja" else " "
            text += f"{between}{words.say('error.did_you_mean', language, areas=names)}"
        else:
            names = listed([blocks.escaped(rules.name) for rules in rulebook.areas.values()], language)
            text += f"\n{words.say('help.areas', language, areas=names)}"
        buttons = [_show(words, language, area, name, on) for area, name in near]
    return notice(words, language, text, buttons)


def error_line(words: Words, language: Language, error: ScoringError) -> str:
    """The sentence of a known error, in Slack's mark-up; what came from outside is cut and escaped."""
    values = {name: blocks.escaped(blocks.cut(str(value), GIVEN_LIMIT)) for name, value in error.values.items()}
    where = blocks.escaped(blocks.cut(error.where, GIVEN_LIMIT))
    return words.say(f"error.{error.kind}", language, **(values | {"where": where}))


def _show(words: Words, language: Language, area: str, name: str, on: str) -> Block:
    value = f"{area} {on}".strip()
    made = blocks.button(words.say("button.area", language, area=name), SHOW_AREA, value, primary=True)
    return made | {"action_id": f"{SHOW_AREA}:{area}"}


def notice(words: Words, language: Language, text: str, buttons: list[Block] | None = None) -> Reply:
    """One sentence with a way on: the given buttons, and help."""
    more = blocks.button(words.say("button.help", language), SHOW_HELP, "notice")
    return Reply(text=text, blocks=[blocks.section(text), blocks.actions(*(buttons or []), more)])
