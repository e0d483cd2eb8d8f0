"""Whatever is handed in gives a report or an IntakeError, never another exception."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake.errors import IntakeError
from bot.intake.figures_csv import is_figures, read_figures
from bot.intake.tables import read_table
from bot.intake.trainings import is_trainings, merge, read_trainings
from scoring import Rulebook

TRAININGS = (
    "TrainingTitle,TrainingType,MCPID,Email,IndividualLastName,TrainingCompletionDate,ExpirationDate,ActivationStatus\n"
)
FIGURES = "area,track,metric,part,value,points,as_of\n"
CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["AZ-104", "AZ-5OO", "AZ-800", "Certification", "exam", "Teams assessment", "2027/2/30", "9999-12-31"]
    ),
    st.sampled_from(
        ["3/4/2026", "2026-10-01", "123", "1.2E+07", "hanako@example.com", "security", "smb", "deployments"]
    ),
)


def read_anything(content: bytes, rulebook: Rulebook) -> None:
    try:
        table = read_table(content, name="any.csv")
        if is_trainings(table):
            report = read_trainings(table, rulebook.certifications)
            sorted_out = len(report.taken) + len(report.duplicates) + len(report.rejected)
            assert sorted_out + sum(one.rows for one in report.ignored) == report.rows_read
            assert merge([report]) == report.taken
        if is_figures(table):
            read_figures(table, rulebook.find_area)
    except IntakeError:
        return


@settings(max_examples=300, deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_give_a_report_or_an_intake_error(rulebook: Rulebook, content: bytes) -> None:
    read_anything(content, rulebook)
    read_anything(TRAININGS.encode() + content, rulebook)
    read_anything(FIGURES.encode() + content, rulebook)


@settings(max_examples=300, deadline=None)
@given(
    header=st.sampled_from([TRAININGS, FIGURES]),
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=9), max_size=8),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp932"]),
)
def test_any_cells_give_a_report_or_an_intake_error(
    rulebook: Rulebook, header: str, rows: list[list[str]], encoding: str
) -> None:
    text = header + "\n".join(",".join(row) for row in rows)
    read_anything(text.encode(encoding, errors="replace"), rulebook)


def test_a_utf_32_file_is_an_intake_error(rulebook: Rulebook) -> None:
    with pytest.raises(IntakeError):
        read_table(codecs.BOM_UTF32_LE + TRAININGS.encode("utf-32-le"), name="any.csv")
