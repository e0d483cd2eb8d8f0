"""Everything that a measured score says it cannot tell has its words: short on the card, a sentence in the evidence."""

import re
from pathlib import Path

import pytest

from bot.wording.words import LANGUAGES, load_words
from scoring import Rulebook

MEASURING = Path(__file__).parent.parent.parent / "scoring" / "measuring.py"


def test_every_limit_has_a_short_name_and_a_sentence_in_both_languages(rulebook: Rulebook) -> None:
    words = load_words()
    for limit, sentence in rulebook.usage_terms.limits.items():
        assert sentence.en and sentence.ja
        assert all(words.say(f"limit.{limit}", language) for language in LANGUAGES)


@pytest.mark.parametrize("name", re.findall(r'yield "(\w+)"', MEASURING.read_text(encoding="utf-8")))
def test_every_limit_that_measuring_finds_is_known(rulebook: Rulebook, name: str) -> None:
    assert name in rulebook.usage_terms.limits
