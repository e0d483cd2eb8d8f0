"""How models are read from data files: exact numbers, and what does not fit is refused with its line."""

from datetime import date
from fractions import Fraction

import pytest

from scoring import DataFileError
from scoring.sources import Exact, Frozen, parse_yaml, validate


class _Metric(Frozen):
    threshold: Exact
    since: date | None = None
    unit: str = "customer"


@pytest.mark.parametrize(
    ("written", "exact"),
    [("5", Fraction(5)), ("6.67", Fraction(667, 100)), ("0.1", Fraction(1, 10)), ("-1.5", Fraction(-3, 2))],
)
def test_a_number_becomes_an_exact_fraction(written: str, exact: Fraction) -> None:
    assert validate(_Metric, parse_yaml(f"threshold: {written}\n", name="data.yaml")).threshold == exact


@pytest.mark.parametrize("written", ["five", '"5"', "true", "1e1", ".5", "2026-11-20", "[5]", "null"])
def test_what_is_no_number_is_refused_with_its_line(written: str) -> None:
    document = parse_yaml(f"unit: tenant\nthreshold: {written}\n", name="data.yaml")
    with pytest.raises(DataFileError, match=r"data.yaml:2: 'threshold': must be a number"):
        validate(_Metric, document)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("unit: tenant\n", "data.yaml:1: 'threshold': is missing; add it."),
        (
            "threshold: 5\ntreshold: 6\n",
            "data.yaml:2: 'treshold': is not a known key; remove it or correct its spelling.",
        ),
        ("threshold: 5\nunit: 7\n", "data.yaml:2: 'unit': Input should be a valid string (given: 7); correct it."),
        ("threshold: 5\nsince: 2026-02-30\n", "data.yaml:2: 'since': Input should be a valid date"),
    ],
)
def test_a_model_that_does_not_fit_says_where_and_what(text: str, message: str) -> None:
    with pytest.raises(DataFileError) as error:
        validate(_Metric, parse_yaml(text, name="data.yaml"))
    assert str(error.value).startswith(message)


def test_a_part_of_a_document_has_the_lines_of_the_document() -> None:
    document = parse_yaml("first: {threshold: 1}\nsecond:\n  threshold: many\n", name="data.yaml")
    with pytest.raises(DataFileError, match=r"data.yaml:3: 'second.threshold'"):
        validate(_Metric, document, ("second",), document.data["second"])
