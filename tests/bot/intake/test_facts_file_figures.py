"""Figures in a facts file: every way of writing one, its area, track, day and line, and what decides the track."""

from datetime import date
from fractions import Fraction

import pytest

from scoring import Rulebook
from scoring.facts import WHOLE, Amount, Figure
from tests.bot.intake.facts_files import facts_in


def _figure(rulebook: Rulebook, metric: str, written: str, area: str = "infrastructure") -> Figure:
    (figure,) = facts_in(rulebook, f"areas: {{{area}: {{metrics: {{{metric}: {written}}}}}}}").figures
    return figure


# Ways of writing a figure


@pytest.mark.parametrize(
    ("metric", "written", "amount"),
    [
        ("net_customer_adds", "2", Amount(count=Fraction(2))),
        ("net_customer_adds", "-2", Amount(count=Fraction(-2))),
        ("net_customer_adds", "{now: 12, year_ago: 10}", Amount(now=Fraction(12), year_ago=Fraction(10))),
        ("net_customer_adds", "{difference: 2}", Amount(count=Fraction(2))),
        ("net_customer_adds", "{difference: -3}", Amount(count=Fraction(-3))),
        ("net_customer_adds", "{value: 2}", Amount(count=Fraction(2))),
        ("net_customer_adds", "{count: 2}", Amount(count=Fraction(2))),
        (
            "net_customer_adds",
            "{now: 12, year_ago: 10, difference: 2}",
            Amount(now=Fraction(12), year_ago=Fraction(10)),
        ),
        ("usage_growth", "14", Amount(count=Fraction(14))),
        ("usage_growth", "12.5", Amount(count=Fraction(25, 2))),
        ("usage_growth", "14 %", Amount(count=Fraction(14))),
        ("usage_growth", "14%", Amount(count=Fraction(14))),
        ("usage_growth", "{percent: 14}", Amount(percent=Fraction(14))),
        ("usage_growth", "{percent: 14, now: 5000}", Amount(percent=Fraction(14), now=Fraction(5000))),
        ("usage_growth", "{percent: 14, year_ago: 5000}", Amount(percent=Fraction(14), year_ago=Fraction(5000))),
        ("usage_growth", "{now: 114000, year_ago: 100000}", Amount(now=Fraction(114000), year_ago=Fraction(100000))),
        ("usage_growth", "{now: 114_000, year_ago: 100_000}", Amount(now=Fraction(114000), year_ago=Fraction(100000))),
        ("deployments", "5", Amount(count=Fraction(5))),
        ("deployments", "0", Amount(count=Fraction(0))),
        ("deployments", "{now: 5}", Amount(now=Fraction(5))),
    ],
)
def test_a_figure_without_parts_is_one_amount(rulebook: Rulebook, metric: str, written: str, amount: Amount) -> None:
    assert dict(_figure(rulebook, metric, written).parts) == {WHOLE: amount}


@pytest.mark.parametrize(
    ("written", "count"), [("13.33", "13.33"), ("0.1", "0.1"), ("1_000.25", "1000.25"), ("80/3", "80/3")]
)
def test_decimal_numbers_are_exact(rulebook: Rulebook, written: str, count: str) -> None:
    assert _figure(rulebook, "usage_growth", written).parts[WHOLE].count == Fraction(count)


def test_parts_are_written_in_any_of_the_ways(rulebook: Rulebook) -> None:
    written = "{cpor: {now: 5000, year_ago: 4200}, dpor: 900}"
    assert dict(_figure(rulebook, "usage_growth", written, "modern_work").parts) == {
        "cpor": Amount(now=Fraction(5000), year_ago=Fraction(4200)),
        "dpor": Amount(count=Fraction(900)),
    }


def test_a_second_reading_stands_beside_the_month(rulebook: Rulebook) -> None:
    written = "{now: 114, year_ago: 100, trailing_12_months: {now: 1300, year_ago: 1200}}"
    figure = _figure(rulebook, "usage_growth", written)
    assert dict(figure.parts) == {WHOLE: Amount(now=Fraction(114), year_ago=Fraction(100))}
    assert figure.trailing_12_months == Amount(now=Fraction(1300), year_ago=Fraction(1200))


def test_points_of_partner_center_stand_alone_or_beside_the_figure(rulebook: Rulebook) -> None:
    alone = _figure(rulebook, "deployments", "{points: 13.33}")
    beside = _figure(rulebook, "deployments", "{value: 4, points: 13.33}")
    assert (alone.points, dict(alone.parts)) == (Fraction("13.33"), {})
    assert (beside.points, dict(beside.parts)) == (Fraction("13.33"), {WHOLE: Amount(count=Fraction(4))})


@pytest.mark.parametrize(
    ("written", "people", "gates"),
    [
        ("3", 3, {}),
        ("{people: 3}", 3, {}),
        ("{value: 3}", 3, {}),
        ("{people: 3, gates: {AZ-104: 2}}", 3, {"AZ-104": 2}),
        ("{people: 3, gates: {Azure Administrator Associate: 2}}", 3, {"AZ-104": 2}),
        ("{gates: {AZ-104: 0}}", None, {"AZ-104": 0}),
    ],
)
def test_people_are_typed_with_the_holders_of_the_gates(
    rulebook: Rulebook, written: str, people: int | None, gates: dict[str, int]
) -> None:
    figure = _figure(rulebook, "intermediate_certifications", written)
    assert (figure.people, dict(figure.gate_holders)) == (people, gates)


@pytest.mark.parametrize(("section", "track"), [("metrics", None), ("enterprise", "enterprise"), ("smb", "smb")])
def test_a_section_says_the_track_of_its_figures(rulebook: Rulebook, section: str, track: str | None) -> None:
    (figure,) = facts_in(rulebook, f"areas: {{infra: {{{section}: {{deployments: 5}}}}}}").figures
    assert (figure.area, figure.track) == ("infrastructure", track)


@pytest.mark.parametrize("name", ["sec", "セキュリティ", "Security", "security"])
def test_an_area_may_be_called_by_any_of_its_names(rulebook: Rulebook, name: str) -> None:
    (figure,) = facts_in(rulebook, f"areas: {{{name}: {{metrics: {{deployments: 5}}}}}}").figures
    assert figure.area == "security"


def test_azure_is_the_group_of_three_areas(rulebook: Rulebook) -> None:
    facts = facts_in(rulebook, "areas: {azure: {metrics: {deployments: 5}, track_choice: {smb_share_percent: 80}}}")
    assert (facts.figures[0].area, facts.track_inputs[0].area) == ("azure", "azure")


@pytest.mark.parametrize(
    ("figure_day", "area_day", "file_day", "expected"),
    [
        ("2026-10-03", "2026-10-02", "2026-10-01", date(2026, 10, 3)),
        (None, "2026-10-02", "2026-10-01", date(2026, 10, 2)),
        (None, None, "2026-10-01", date(2026, 10, 1)),
        (None, None, None, None),
    ],
)
def test_the_day_nearest_to_a_figure_is_its_day(
    rulebook: Rulebook, figure_day: str | None, area_day: str | None, file_day: str | None, expected: date | None
) -> None:
    text = f"""
as_of: {file_day or "null"}
areas:
  infrastructure:
    as_of: {area_day or "null"}
    metrics:
      deployments: {{value: 5, as_of: {figure_day or "null"}}}
"""
    assert facts_in(rulebook, text).figures[0].as_of == expected


def test_a_fact_knows_its_file_and_line(rulebook: Rulebook) -> None:
    text = """\
areas:
  security:
    metrics:
      deployments: 5
people:
  - name: ann
    certifications:
      - SC-200
"""
    facts = facts_in(rulebook, text)
    assert str(facts.figures[0].origin) == "company.yaml:4"
    assert facts.certifications is not None
    assert str(facts.certifications[0].origin) == "company.yaml:8"


# What decides the track


@pytest.mark.parametrize(
    ("written", "large"),
    [
        ("5", 5),
        ("{now: 6, year_ago: 4}", 4),
        ("{now: 4, year_ago: 6}", 4),
        ("{now: [Sales, Finance, HR], year_ago: [Finance, HR, Power BI]}", 2),
        ("{now: [Sales, Sales], year_ago: [Sales]}", 1),
        ("{now: [], year_ago: [Sales]}", 0),
    ],
)
def test_large_workloads_are_those_of_both_months(rulebook: Rulebook, written: str, large: int) -> None:
    facts = facts_in(rulebook, f"areas: {{bizapps: {{track_choice: {{large_workloads: {written}}}}}}}")
    assert facts.track_inputs[0].large_workloads == large


def test_the_customer_mix_is_read_as_given(rulebook: Rulebook) -> None:
    text = "areas: {azure: {track_choice: {smb_customers: 8, customers: 10, trailing_12_month_acr: 900000}}}"
    (inputs,) = facts_in(rulebook, text).track_inputs
    assert (inputs.smb_customers, inputs.customers) == (Fraction(8), Fraction(10))
    assert inputs.trailing_12_month_acr == 900_000


def test_a_rounded_share_beside_its_two_numbers_is_no_contradiction(rulebook: Rulebook) -> None:
    text = "areas: {azure: {track_choice: {smb_customers: 2, customers: 3, smb_share_percent: 67}}}"
    assert facts_in(rulebook, text).track_inputs[0].smb_share_percent == 67


def test_a_day_in_quotes_is_the_same_day(rulebook: Rulebook) -> None:
    plain = facts_in(rulebook, "as_of: 2026-10-20\nareas: {security: {metrics: {deployments: 6}}}\n")
    quoted = facts_in(rulebook, 'as_of: "2026-10-20"\nareas: {security: {metrics: {deployments: 6}}}\n')
    assert quoted == plain
