"""Points of growth: its share of the maximum, and nothing below a minimum amount."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.metric_rules import GrowthRule
from scoring.points import minimum_is_checked, minimum_met, points_of_growth, proportional
from tests.scoring.asking import ABOUT, amounts, positive


def _growth(**minimums: Fraction) -> GrowthRule:
    return GrowthRule.model_validate({"kind": "growth", "threshold": 20, "max_points": 20, **minimums, **ABOUT})


@pytest.mark.parametrize(
    ("now", "expected"),
    [(Fraction("999.99"), 0), (Fraction(1000), 14), (Fraction("1000.01"), 14), (None, 14)],
    ids=str,
)
def test_growth_below_the_minimum_amount_gives_no_points_and_exactly_the_minimum_is_enough(
    now: Fraction | None, expected: int
) -> None:
    rule = _growth(minimum_now=Fraction(1000))
    assert points_of_growth(rule, Fraction(14), now=now, year_ago=None).points == expected


@pytest.mark.parametrize(("year_ago", "expected"), [(Fraction("24999.99"), 0), (Fraction(25000), 14)], ids=str)
def test_a_minimum_of_a_year_ago_is_asked_of_the_amount_a_year_ago(year_ago: Fraction, expected: int) -> None:
    rule = _growth(minimum_year_ago=Fraction(25000))
    assert points_of_growth(rule, Fraction(14), now=Fraction(1), year_ago=year_ago).points == expected


@given(percent=amounts, now=st.none() | positive, year_ago=st.none() | positive)
def test_growth_gives_all_or_nothing_of_its_share_by_the_minimums(
    percent: Fraction, now: Fraction | None, year_ago: Fraction | None
) -> None:
    rule = _growth(minimum_now=Fraction(500), minimum_year_ago=Fraction(100))
    found = points_of_growth(rule, percent, now=now, year_ago=year_ago)
    share = proportional(percent, rule.threshold, rule.max_points)
    assert found.points == (share if minimum_met(rule, now=now, year_ago=year_ago) else 0)
    assert 0 <= found.points <= rule.max_points


@pytest.mark.parametrize(
    ("now", "year_ago", "is_checked"),
    [(None, None, False), (Fraction(1), None, False), (None, Fraction(1), False), (Fraction(1), Fraction(1), True)],
)
def test_a_minimum_is_checked_only_when_every_amount_that_it_asks_for_is_known(
    now: Fraction | None, year_ago: Fraction | None, is_checked: bool
) -> None:
    rule = _growth(minimum_now=Fraction(500), minimum_year_ago=Fraction(100))
    assert minimum_is_checked(rule, now=now, year_ago=year_ago) is is_checked


@pytest.mark.parametrize("now", [None, Fraction(0), Fraction(5)])
def test_a_rule_without_minimums_is_always_checked_and_met(now: Fraction | None) -> None:
    assert minimum_is_checked(_growth(), now=now, year_ago=None)
    assert minimum_met(_growth(), now=now, year_ago=None)
