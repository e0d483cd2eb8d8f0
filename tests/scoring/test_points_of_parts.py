"""Points of metrics in parts: the best association type counts, and the sides add up."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.metric_rules import BestAssociationRule, SumOfSidesRule
from scoring.points import points_of_best_association, points_of_sides
from tests.scoring.asking import ABOUT, amounts

# Association types

associations = st.dictionaries(st.sampled_from(["cpor", "dpor"]), amounts, min_size=1)


def _best() -> BestAssociationRule:
    return BestAssociationRule(
        kind="best_association",
        unit="active_user",
        thresholds={"cpor": Fraction(100), "dpor": Fraction(400)},
        max_points=Fraction(30),
        **ABOUT,
    )


@given(changes=associations)
def test_only_the_association_type_with_most_points_counts(changes: dict[str, Fraction]) -> None:
    found = points_of_best_association(_best(), changes)
    assert found.points == max(part.points for part in found.parts)
    assert [part.points for part in found.parts if part.counts] == [found.points]
    assert 0 <= found.points <= 30


@given(changes=associations)
def test_a_second_association_type_never_takes_points_away(changes: dict[str, Fraction]) -> None:
    together = points_of_best_association(_best(), changes).points
    assert all(points_of_best_association(_best(), {name: value}).points <= together for name, value in changes.items())


@pytest.mark.parametrize(
    ("changes", "best"),
    [
        ({"cpor": 150, "dpor": 2000}, "dpor"),
        ({"cpor": 1000, "dpor": 400}, "cpor"),
        ({"cpor": -50, "dpor": -40}, "dpor"),
        ({"cpor": 0, "dpor": -1}, "cpor"),
    ],
)
def test_of_types_with_equal_points_the_one_nearer_to_more_counts(changes: dict[str, int], best: str) -> None:
    found = points_of_best_association(_best(), {name: Fraction(value) for name, value in changes.items()})
    assert [part.name for part in found.parts if part.counts] == [best]


# Sides


def _sides(*, may_offset: bool = False) -> SumOfSidesRule:
    return SumOfSidesRule(
        kind="sum_of_sides",
        amount_per_point={"azure": Fraction(1250), "protected_users": Fraction(125)},
        side_units={"azure": "usd", "protected_users": "active_user"},
        max_points=Fraction(20),
        sides_may_offset=may_offset,
        **ABOUT,
    )


large = st.fractions(min_value=-50_000, max_value=50_000, max_denominator=100)
sides = st.dictionaries(st.sampled_from(["azure", "protected_users"]), large, min_size=1)


@given(growth=sides)
def test_sides_add_up_from_zero_each_to_the_maximum_together(growth: dict[str, Fraction]) -> None:
    found = points_of_sides(_sides(), growth)
    assert found.points == min(Fraction(20), sum((part.points for part in found.parts), Fraction(0)))
    assert all(0 <= part.points <= 20 for part in found.parts)


@given(growth=sides)
def test_a_reading_in_which_sides_offset_never_gives_more(growth: dict[str, Fraction]) -> None:
    assert 0 <= points_of_sides(_sides(may_offset=True), growth).points <= points_of_sides(_sides(), growth).points


@pytest.mark.parametrize(
    ("azure", "users", "apart", "offset"),
    [
        (8750, 625, 12, 12),
        (25000, -625, 20, 15),
        (-8750, 625, 5, 0),
        (0, 0, 0, 0),
        (1, 0, Fraction(1, 1250), Fraction(1, 1250)),
    ],
)
def test_a_side_that_shrank_takes_points_only_in_the_reading_that_says_so(
    azure: int, users: int, apart: Fraction, offset: Fraction
) -> None:
    growth = {"azure": Fraction(azure), "protected_users": Fraction(users)}
    assert points_of_sides(_sides(), growth).points == apart
    assert points_of_sides(_sides(may_offset=True), growth).points == offset
