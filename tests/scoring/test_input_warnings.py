"""What the warnings of inputs say: what was left out, could not be checked, differs or is old."""

from datetime import date
from fractions import Fraction

import pytest

from scoring import Rulebook
from tests.scoring.asking import card_of, warned

# Inputs


def test_parts_that_were_left_out_are_named(rulebook: Rulebook) -> None:
    text = "areas: {security: {enterprise: {net_customer_adds: {azure: 3}, usage_growth: {protected_users: 200}}}}"
    card = card_of(rulebook, text, "security", track="enterprise")
    assert warned(card, "part_not_given") == [
        ("net_customer_adds", {"parts": ("microsoft_365",)}),
        ("usage_growth", {"parts": ("azure",)}),
    ]


@pytest.mark.parametrize(
    ("growth", "is_warned"),
    [("14", True), ("{percent: 14}", True), ("{percent: 14, now: 1000}", False), ("{now: 114, year_ago: 100}", False)],
)
def test_a_minimum_amount_that_could_not_be_checked_is_told(rulebook: Rulebook, growth: str, is_warned: bool) -> None:
    card = card_of(
        rulebook,
        f"areas: {{infrastructure: {{enterprise: {{usage_growth: {growth}}}}}}}",
        "infrastructure",
        track="enterprise",
    )
    assert bool(warned(card, "minimum_not_checked")) is is_warned


@pytest.mark.parametrize(
    ("shown", "is_warned"),
    [("13.33", False), ("13.2", False), ("13.38", False), ("13.4", True), ("13.1", True), ("10", True)],
)
def test_points_of_partner_center_that_differ_by_more_than_rounding_are_told_with_the_computed_ones(
    rulebook: Rulebook, shown: str, is_warned: bool
) -> None:
    # four of six deployments: exactly 13 1/3, by the printed decimals 13.2
    text = f"areas: {{security: {{enterprise: {{deployments: {{value: 4, points: {shown}}}}}}}}}"
    found = warned(card_of(rulebook, text, "security", track="enterprise"), "partner_center_differs")
    values = {"computed": Fraction(40, 3), "shown": Fraction(shown)}
    assert found == ([("deployments", values)] if is_warned else [])


# Age


@pytest.mark.parametrize(
    ("as_of", "due"),
    [
        (date(2026, 10, 1), date(2026, 10, 20)),
        (date(2026, 10, 19), date(2026, 10, 20)),
        (date(2026, 10, 20), date(2026, 11, 20)),
        (date(2026, 10, 21), date(2026, 11, 20)),
        (date(2026, 10, 31), date(2026, 11, 20)),
        (date(2026, 12, 19), date(2026, 12, 20)),
        (date(2026, 12, 20), date(2027, 1, 20)),
        (date(2026, 12, 31), date(2027, 1, 20)),
        (date(2027, 1, 31), date(2027, 2, 20)),
        (date(2028, 2, 29), date(2028, 3, 20)),
    ],
    ids=str,
)
def test_figures_are_stale_from_the_day_after_the_next_twentieth(rulebook: Rulebook, as_of: date, due: date) -> None:
    text = f"as_of: {as_of}\nareas: {{infrastructure: {{metrics: {{deployments: 5}}}}}}"
    assert warned(card_of(rulebook, text, "infrastructure", on=due), "data_stale") == []
    later = date.fromordinal(due.toordinal() + 1)
    values = {"as_of": as_of, "due": due, "days": (later - as_of).days, "metrics": ("deployments",)}
    assert warned(card_of(rulebook, text, "infrastructure", on=later), "data_stale") == [(None, values)]


def test_a_list_of_people_is_stale_after_ten_days(rulebook: Rulebook) -> None:
    text = "people_as_of: 2026-11-05\npeople: []"
    assert warned(card_of(rulebook, text, "security", on=date(2026, 11, 15)), "data_stale") == []
    ((_, values),) = warned(card_of(rulebook, text, "security", on=date(2026, 11, 16)), "data_stale")
    assert (values["due"], values["days"]) == (date(2026, 11, 15), 11)
    assert values["metrics"] == ("intermediate_certifications",)


def test_figures_of_one_day_are_one_warning_and_the_oldest_stands_first(rulebook: Rulebook) -> None:
    text = """
as_of: 2026-09-30
areas:
  infrastructure:
    metrics:
      deployments: 5
      usage_growth: {percent: 12, now: 5000}
      net_customer_adds: {difference: 3, as_of: 2026-08-31}
"""
    found = [
        (values["as_of"], values["metrics"])
        for _, values in warned(card_of(rulebook, text, "infrastructure"), "data_stale")
    ]
    assert found == [
        (date(2026, 8, 31), ("net_customer_adds",)),
        (date(2026, 9, 30), ("usage_growth", "deployments")),
    ]


def test_a_figure_without_a_day_is_never_stale(rulebook: Rulebook) -> None:
    card = card_of(
        rulebook, "areas: {infrastructure: {metrics: {deployments: 5}}}", "infrastructure", on=date(2040, 1, 1)
    )
    assert warned(card, "data_stale") == []
