"""One function per rule kind: what was measured -> points, exact.

Source: the formulas of the Solutions Partner pages; a count at its threshold earns the maximum (count / threshold x
maximum), so that six people are 40 points and not 40.02.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scoring.metric_rules import (
    BestAssociationRule,
    CertifiedPeopleRule,
    ChangeRule,
    CountRule,
    GrowthRule,
    SumOfSidesRule,
)
from scoring.scorecard import GateState, PartScore

ZERO = Fraction(0)


@dataclass(frozen=True)
class Points:
    """Points of one metric.

    `per_unit` is what one more unit is worth below the cap (0 where a gate is closed), `printed` the points by the
    page's rounded figure for one unit.
    """

    value: Fraction | None
    threshold: Fraction | None
    points: Fraction
    per_unit: Fraction
    printed: Fraction
    parts: tuple[PartScore, ...] = ()


def proportional(value: Fraction, threshold: Fraction, maximum: Fraction) -> Fraction:
    """The part of the maximum that the value is of its threshold, from 0 to the maximum.

    >>> proportional(Fraction(4), Fraction(6), Fraction(40))
    Fraction(80, 3)
    """
    return min(maximum, max(ZERO, value / threshold * maximum))


def _printed(value: Fraction, threshold: Fraction, exact: Fraction, per_unit: Fraction | None) -> Fraction:
    if per_unit is None or value >= threshold:  # reaching the threshold earns the maximum in both readings
        return exact
    return max(ZERO, value * per_unit)


def points_of_count(rule: CountRule | ChangeRule, value: Fraction) -> Points:
    """Points of a number of things, or of a difference of two numbers; a negative difference gives none."""
    points = proportional(value, rule.threshold, rule.max_points)
    printed = _printed(value, rule.threshold, points, rule.printed_points_per_unit)
    return Points(value, rule.threshold, points, rule.max_points / rule.threshold, printed)


def points_of_growth(rule: GrowthRule, percent: Fraction, *, now: Fraction | None, year_ago: Fraction | None) -> Points:
    """Points of growth in percent; none where an amount that is known is under its minimum."""
    per_percent = rule.max_points / rule.threshold
    if not minimum_met(rule, now=now, year_ago=year_ago):
        return Points(percent, rule.threshold, ZERO, ZERO, ZERO)
    points = proportional(percent, rule.threshold, rule.max_points)
    return Points(percent, rule.threshold, points, per_percent, points)


def minimum_met(rule: GrowthRule, *, now: Fraction | None, year_ago: Fraction | None) -> bool:
    """Whether no known amount is under its minimum; exactly the minimum is enough."""
    return not (_is_under(now, rule.minimum_now) or _is_under(year_ago, rule.minimum_year_ago))


def minimum_is_checked(rule: GrowthRule, *, now: Fraction | None, year_ago: Fraction | None) -> bool:
    """Whether every amount that the rule asks a minimum of is known."""
    return (rule.minimum_now is None or now is not None) and (rule.minimum_year_ago is None or year_ago is not None)


def _is_under(amount: Fraction | None, minimum: Fraction | None) -> bool:
    return amount is not None and minimum is not None and amount < minimum


def points_of_best_association(rule: BestAssociationRule, changes: Mapping[str, Fraction]) -> Points:
    """Points of the association type that gives most; the types are never added up."""
    scored = [
        PartScore(
            name=name,
            value=value,
            threshold=rule.thresholds[name],
            points=proportional(value, rule.thresholds[name], rule.max_points),
        )
        for name, value in changes.items()
    ]
    best = max(scored, key=lambda part: (part.points, part.value / part.threshold))
    parts = tuple(part if part is best else part.model_copy(update={"counts": False}) for part in scored)
    per_unit = rule.max_points / best.threshold
    return Points(best.value, best.threshold, best.points, per_unit, best.points, parts)


def points_of_sides(rule: SumOfSidesRule, growth: Mapping[str, Fraction]) -> Points:
    """Points of growth on several sides, each from zero to the maximum, added up to the maximum."""
    lowest = -rule.max_points if rule.sides_may_offset else ZERO
    parts = tuple(
        PartScore(
            name=name,
            value=value,
            threshold=rule.amount_per_point[name] * rule.max_points,
            points=min(rule.max_points, max(lowest, value / rule.amount_per_point[name])),
        )
        for name, value in growth.items()
    )
    points = min(rule.max_points, max(ZERO, sum((part.points for part in parts), ZERO)))
    return Points(None, None, points, Fraction(1), points, parts)


def points_of_people(rule: CertifiedPeopleRule, people: Fraction, gates: tuple[GateState, ...]) -> Points:
    """Points of certified people: those of each met gate once, and of each person when every gate is met."""
    gate_points = sum((gate.points for gate in gates if gate.is_met), ZERO)
    if not all(gate.is_met for gate in gates):
        return Points(people, rule.threshold, gate_points, ZERO, gate_points)
    room = rule.max_points - sum((gate.points for gate in rule.gates), ZERO)
    points = gate_points + proportional(people, rule.threshold, room)
    printed = _printed(people, rule.threshold, points, rule.printed_points_per_unit)
    return Points(people, rule.threshold, points, room / rule.threshold, printed)
