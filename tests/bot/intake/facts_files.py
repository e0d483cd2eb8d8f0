"""Reads facts files that tests write as text."""

import pytest

from bot.intake.facts_file import parse_facts
from scoring import Facts, Rulebook, ScoringError


def facts_in(rulebook: Rulebook, text: str) -> Facts:
    """The facts of a file with this text."""
    return parse_facts(text, rulebook, name="company.yaml")


def error_of(rulebook: Rulebook, text: str) -> ScoringError:
    """The error that a file with this text is."""
    with pytest.raises(ScoringError) as error:
        facts_in(rulebook, text)
    return error.value
