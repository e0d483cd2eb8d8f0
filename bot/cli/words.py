"""The sentences of the command line: those it shares with Slack, and its own (`words.yaml`)."""

from functools import cache
from pathlib import Path

from bot.wording.words import Words, load_words
from scoring.sources import read_yaml, validate

OWN = Path(__file__).with_name("words.yaml")


@cache
def command_words() -> Words:
    """Every sentence that the command line says.

    Raises: DataFileError with the line of the first mistake.
    """
    document = read_yaml(OWN)
    own = validate(Words, document, ("sentences",), {"sentences": document.data})
    return Words(sentences={**load_words().sentences, **own.sentences})
