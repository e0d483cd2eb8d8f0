"""The sample: an invented company, for `/score sample`, the playground and tests. No real data."""

from datetime import date
from pathlib import Path

from bot.intake.facts_file import read_facts_file
from scoring import Facts, Rulebook

SAMPLE_DAY = date(2026, 11, 20)  # the day on which the sample is looked at; its figures are a month old then
SAMPLE_FILE = Path(__file__).with_name("company.yaml")


def sample_facts(rulebook: Rulebook) -> Facts:
    """The facts of the sample company."""
    return read_facts_file(SAMPLE_FILE, rulebook)
