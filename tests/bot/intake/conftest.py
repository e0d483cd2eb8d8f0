"""Reads a Trainings report that a test writes as text."""

import pytest

from bot.intake.tables import read_table
from bot.intake.trainings import TrainingsReport, is_trainings, read_trainings
from scoring import Rulebook
from tests.bot.intake.reports import Read


@pytest.fixture
def read(rulebook: Rulebook) -> Read:
    """Reads text, and checks that every row is in exactly one place of the report."""

    def read_text(text: str, *, name: str = "trainings.csv", encoding: str = "utf-8") -> TrainingsReport:
        table = read_table(text.encode(encoding), name=name)
        assert is_trainings(table)
        report = read_trainings(table, rulebook.certifications)
        sorted_out = len(report.taken) + len(report.duplicates) + len(report.rejected)
        assert sorted_out + sum(one.rows for one in report.ignored) == report.rows_read
        return report

    return read_text
