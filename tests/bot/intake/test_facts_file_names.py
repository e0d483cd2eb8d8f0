"""Names in a facts file that nobody knows: each an error with its line and the near ones."""

import pytest

from scoring import Rulebook
from scoring.errors import UnknownCertificationError, UnknownSolutionAreaError
from tests.bot.intake.facts_files import error_of


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("company: x\nareas:\n  securty: {}\n", 3, "did you mean security?"),
        ("company: x\nareas:\n  infrastucture: {}\n", 3, "did you mean infrastructure?"),
        ("company: x\nareas:\n  marketing: {}\n", 3, "use one of infrastructure, data_and_ai"),
    ],
)
def test_an_unknown_area_is_an_error_with_its_line_and_the_near_ones(
    rulebook: Rulebook, text: str, line: int, hint: str
) -> None:
    error = error_of(rulebook, text)
    assert isinstance(error, UnknownSolutionAreaError)
    assert error.message.startswith(f"company.yaml:{line}: No solution area is called")
    assert hint in error.message


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("AZ-5OO", "did you mean AZ-500 (Azure Security Engineer Associate)?"),
        ("AZ-l04", "did you mean AZ-104 (Azure Administrator Associate)?"),
        ("Azure Adminstrator Associate", "did you mean AZ-104 (Azure Administrator Associate)"),
        ("Basket Weaving", "correct it, or leave it out if it counts nowhere."),
    ],
)
def test_an_unknown_certification_is_an_error_with_its_line_and_the_near_ones(
    rulebook: Rulebook, written: str, hint: str
) -> None:
    error = error_of(rulebook, f"people:\n  - name: ann\n    certifications:\n      - AZ-104\n      - {written}\n")
    assert isinstance(error, UnknownCertificationError)
    assert error.message.startswith(f"company.yaml:5: '{written}' is not in the list of certifications; ")
    assert hint in error.message


@pytest.mark.parametrize(("written", "other"), [("AZ-800", "AZ-801"), ("AZ-801", "AZ-800")])
def test_one_of_two_exams_is_an_error_that_names_the_other(rulebook: Rulebook, written: str, other: str) -> None:
    error = error_of(rulebook, f"people:\n  - name: ann\n    certifications: [{written}]\n")
    assert error.message.startswith("company.yaml:3: ")
    assert f"also takes {other}; write AZ-800+AZ-801 for both" in error.message


def test_an_unknown_gate_certification_is_an_error_with_its_line(rulebook: Rulebook) -> None:
    text = """\
areas:
  infra:
    metrics:
      intermediate_certifications:
        people: 3
        gates:
          AZ-1O4: 2
"""
    error = error_of(rulebook, text)
    assert error.message.startswith("company.yaml:7: 'AZ-1O4'")
    assert "AZ-104" in error.message


def test_an_unknown_area_among_the_enrolled_ones_is_an_error_with_its_line(rulebook: Rulebook) -> None:
    error = error_of(rulebook, "company: x\nmembership:\n  anniversary: 2027-03-15\n  enrolled: [securty]\n")
    assert isinstance(error, UnknownSolutionAreaError)
    assert error.message.startswith("company.yaml:4: ")
