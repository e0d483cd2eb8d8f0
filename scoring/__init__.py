"""The partner capability score: rules as data, facts about a company, and the scorecard they give."""

from scoring.capability import score
from scoring.errors import DataFileError, ScoringError
from scoring.facts import Facts
from scoring.rule_files import load_rulebook
from scoring.rulebook import Rulebook
from scoring.scorecard import Scorecard

__all__ = ["DataFileError", "Facts", "Rulebook", "Scorecard", "ScoringError", "load_rulebook", "score"]
