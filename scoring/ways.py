"""How one metric alone would reach the qualifying score: the least whole units of it."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from scoring.metric_rules import METRICS, BestAssociationRule, SumOfSidesRule
from scoring.scorecard import MetricScore, PartScore, TrackScore, Way

ZERO = Fraction(0)


def ways_to_qualify(score: TrackScore) -> tuple[Way, ...]:
    """Each metric, or side of a metric, that alone would reach the qualifying score, with the fewest whole units first.

    None where the total is not known or already enough, or where another metric is below its minimum. Sides are
    measured in money or users, which do not compare with customers and people: they come last.
    """
    if not score.missing.points or score.total is None:
        return ()
    found = [
        way
        for metric in score.metrics
        if set(score.missing.below_minimum) <= {metric.metric}
        for way in _ways(score, metric)
    ]
    return tuple(sorted(found, key=lambda way: (_is_of_a_side(score, way), way.units, METRICS.index(way.metric))))


def _is_of_a_side(score: TrackScore, way: Way) -> bool:
    return isinstance(score.metric(way.metric).rule, SumOfSidesRule)


def _ways(score: TrackScore, metric: MetricScore) -> Iterator[Way]:
    gap = score.missing.points or ZERO
    if metric.points is None or not metric.next_unit_points:
        return
    wanted = max(metric.points + gap, score.minimum_per_metric)
    if wanted > metric.max_points:
        return
    if isinstance(metric.rule, SumOfSidesRule):
        for part in metric.parts:
            yield from _by_side(score, metric, part, wanted)
    elif isinstance(metric.rule, BestAssociationRule):
        ways = (_by_part(score, metric, part, wanted) for part in metric.parts)
        yield min(ways, key=lambda way: way.units)
    elif metric.value is not None and metric.threshold is not None:
        yield _by_unit(score, metric, metric.value, metric.threshold, wanted)


def _by_unit(score: TrackScore, metric: MetricScore, value: Fraction, threshold: Fraction, wanted: Fraction) -> Way:
    """More of what is counted; a negative difference must first come back to zero."""
    gates = sum((gate.points for gate in metric.gates), ZERO)
    room = metric.max_points - gates
    units = ceil((wanted - gates) / room * threshold - value)
    reached = value + units
    points = min(metric.max_points, gates + reached / threshold * room)
    each = metric.rule.printed_points_per_unit
    printed = points if each is None or reached >= threshold else gates + reached * each
    return _way(score, metric, None, units, points, printed)


def _by_part(score: TrackScore, metric: MetricScore, part: PartScore, wanted: Fraction) -> Way:
    units = ceil(wanted / metric.max_points * part.threshold - part.value)
    points = min(metric.max_points, (part.value + units) / part.threshold * metric.max_points)
    return _way(score, metric, part.name if len(metric.parts) > 1 else None, units, points, points)


def _by_side(score: TrackScore, metric: MetricScore, part: PartScore, wanted: Fraction) -> Iterator[Way]:
    """More on one side; the other sides keep their points, and no side gives more than the maximum."""
    assert metric.points is not None
    others = sum((other.points for other in metric.parts if other is not part), ZERO)
    per_point = part.threshold / metric.max_points
    units = ceil((wanted - others) * per_point - part.value)
    points = min(metric.max_points, (part.value + units) / per_point) + others
    if points >= wanted:
        points = min(metric.max_points, points)
        yield _way(score, metric, part.name, units, points, points)


def _way(
    score: TrackScore, metric: MetricScore, part: str | None, units: int, points: Fraction, printed: Fraction
) -> Way:
    assert score.total is not None
    assert score.printed_total is not None
    assert metric.points is not None
    assert metric.printed_points is not None
    return Way(
        metric=metric.metric,
        part=part,
        units=units,
        total=score.total - metric.points + points,
        printed_total=score.printed_total - metric.printed_points + printed,
    )
