"""Points in proportion, and those of counts: bounded, rising, exact at the threshold."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import Rulebook
from scoring.metric_rules import ChangeRule, CountRule, MetricRule
from scoring.points import points_of_count, proportional
from tests.scoring.asking import ABOUT, amounts, positive, rules_of

points = st.fractions(min_value=Fraction(1, 10), max_value=100, max_denominator=10)


def _shipped(rulebook: Rulebook, *kinds: type[MetricRule]) -> list[Any]:
    return [rule for area in rulebook.areas for _, rule in rules_of(rulebook, area) if isinstance(rule, kinds)]


# Proportional


@given(value=amounts, threshold=positive, maximum=points)
def test_points_are_never_below_zero_nor_above_the_maximum(
    value: Fraction, threshold: Fraction, maximum: Fraction
) -> None:
    assert 0 <= proportional(value, threshold, maximum) <= maximum


@given(values=st.tuples(amounts, amounts), threshold=positive, maximum=points)
def test_more_never_gives_fewer_points(
    values: tuple[Fraction, Fraction], threshold: Fraction, maximum: Fraction
) -> None:
    less, more = sorted(values)
    assert proportional(less, threshold, maximum) <= proportional(more, threshold, maximum)


@given(threshold=positive, maximum=points, above=positive)
def test_the_threshold_gives_all_the_points_and_more_gives_no_more(
    threshold: Fraction, maximum: Fraction, above: Fraction
) -> None:
    assert proportional(threshold, threshold, maximum) == maximum
    assert proportional(threshold + above, threshold, maximum) == maximum


@given(threshold=positive, maximum=points, short=positive)
def test_less_than_the_threshold_gives_less_than_all_the_points(
    threshold: Fraction, maximum: Fraction, short: Fraction
) -> None:
    assert proportional(threshold - short, threshold, maximum) < maximum


@given(threshold=st.integers(1, 40), maximum=st.integers(1, 40))
def test_the_points_of_single_units_add_up_to_the_maximum(threshold: int, maximum: int) -> None:
    at = [proportional(Fraction(units), Fraction(threshold), Fraction(maximum)) for units in range(threshold + 1)]
    steps = [after - before for before, after in pairwise(at)]
    assert at[0] == 0
    assert set(steps) == {Fraction(maximum, threshold)}
    assert sum(steps) == maximum


# Counts and differences


@pytest.mark.parametrize("kind", [CountRule, ChangeRule])
@given(value=amounts)
def test_a_count_of_the_shipped_rules_gives_its_share_of_the_maximum(
    rulebook: Rulebook, kind: type[Any], value: Fraction
) -> None:
    for rule in _shipped(rulebook, kind):
        found = points_of_count(rule, value)
        assert found.points == min(rule.max_points, max(Fraction(0), value / rule.threshold * rule.max_points))
        assert found.per_unit * rule.threshold == rule.max_points
        assert (found.value, found.threshold) == (value, rule.threshold)


@pytest.mark.parametrize("kind", [CountRule, ChangeRule])
def test_a_count_of_the_shipped_rules_at_its_threshold_gives_all_points_in_both_readings(
    rulebook: Rulebook, kind: type[Any]
) -> None:
    for rule in _shipped(rulebook, kind):
        found = points_of_count(rule, rule.threshold)
        assert found.points == found.printed == rule.max_points


@pytest.mark.parametrize(
    ("threshold", "maximum", "printed_each", "units", "exact", "printed"),
    [
        (6, 40, "6.67", 0, Fraction(0), Fraction(0)),
        (6, 40, "6.67", 1, Fraction(20, 3), Fraction("6.67")),
        (6, 40, "6.67", 3, Fraction(20), Fraction("20.01")),
        (6, 40, "6.67", 5, Fraction(100, 3), Fraction("33.35")),
        (6, 40, "6.67", 6, Fraction(40), Fraction(40)),
        (6, 40, "6.67", 7, Fraction(40), Fraction(40)),
        (7, 15, "2.14", 6, Fraction(90, 7), Fraction("12.84")),
        (7, 15, "2.14", 7, Fraction(15), Fraction(15)),
        (6, 20, "3.3", 4, Fraction(40, 3), Fraction("13.2")),
        (6, 20, "3.3", 6, Fraction(20), Fraction(20)),
        (6, 20, "3.3", -2, Fraction(0), Fraction(0)),
    ],
)
def test_exact_points_and_those_by_the_printed_decimals_meet_at_the_threshold(
    threshold: int, maximum: int, printed_each: str, units: int, exact: Fraction, printed: Fraction
) -> None:
    rule = ChangeRule(
        kind="change",
        unit="tenant",
        threshold=Fraction(threshold),
        max_points=Fraction(maximum),
        printed_points_per_unit=Fraction(printed_each),
        **ABOUT,
    )
    found = points_of_count(rule, Fraction(units))
    assert (found.points, found.printed) == (exact, printed)
