"""Causes of a difference that no figure here can prove: the age of our data, people and customers not linked, slips.

How many people or customers would make the difference is worked out; that a number fits proves little.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

from scoring.data_age import data_age
from scoring.difference import Cause, CauseKind, Difference, last_refresh, shown_since
from scoring.metric_rules import (
    BestAssociationRule,
    CertifiedPeopleRule,
    ChangeRule,
    CountRule,
    GrowthRule,
    MetricRule,
    unit_of,
)
from scoring.metric_score import HUNDRED
from scoring.points import ZERO, points_of_people
from scoring.score_warnings import SAME_POINTS
from scoring.scorecard import GateState

# What reports do not tell, by the side on which our points are wrong for it; the others may be wrong on either side.
TOO_HIGH = ("offer_type", "sovereign_clouds", "deduplication", "association_dates", "claim_dates_missing")
TOO_LOW = ("defender_under_csp", "cpor_report_missing", "licence_report_missing")


def likely(found: Difference) -> Iterator[Cause]:
    """Every cause that the facts make likely, the likelier first."""
    yield from _report_older(found)
    if isinstance(found.rule, CertifiedPeopleRule):
        older = list(_list_older(found))
        yield from [] if found.is_above else older
        yield from _typed_wrong(found)
        yield from _people(found, found.rule)
        yield from older if found.is_above else []
    else:
        yield from _typed_wrong(found)
        yield from _units(found)
    yield from _limits(found)


def _list_older(found: Difference) -> Iterator[Cause]:
    """Our list of people is older than what Partner Center shows."""
    shown_on, as_of = found.shown.on, found.ours.as_of
    if found.figure is None and shown_on is not None and as_of is not None and as_of < shown_on:
        yield Cause(kind="list_older", explains=False, values={"as_of": as_of, "shown_on": shown_on})


def _report_older(found: Difference) -> Iterator[Cause]:
    """Our newest month is older than the one that Partner Center shows."""
    question, shown_on = found.question, found.shown.on
    if found.figure is None or shown_on is None:
        return
    since, then = shown_since(question.rulebook, found.figure), last_refresh(question.rulebook, shown_on)
    if since is None or then is None or since >= then:
        return
    age = data_age(question.rulebook, found.ours, question.on)
    later = age.next_report if age and age.next_report and age.next_report > question.on else None
    values: dict[str, Any] = {"as_of": found.ours.as_of, "shown_on": shown_on, "since": then, "next_report": later}
    yield Cause(kind="report_older", explains=False, values=values)


def _typed_wrong(found: Difference) -> Iterator[Cause]:
    """Points that no number of units gives."""
    if found.shown.by_rule:
        return
    shown, can_be = found.shown.points, _reachable(found.rule)
    if not can_be or any(_is(points, shown) for points in can_be):
        return
    below, above = (max(one for one in can_be if one < shown), min(one for one in can_be if one > shown))
    yield Cause(
        kind="typed_wrong", explains=False, values={"points": shown, "below": below, "above": above, "figure": None}
    )


def _is(points: Fraction, shown: Fraction) -> bool:
    """Whether points can be what is shown, also as whole points."""
    whole = (points // 1, Fraction(round(points))) if shown.denominator == 1 else ()
    return abs(points - shown) < SAME_POINTS or shown in whole


def _reachable(rule: MetricRule) -> set[Fraction]:
    """The points that whole units can give; empty where amounts give any number of points."""
    match rule:
        case CountRule() | ChangeRule():
            return _multiples(rule.threshold, rule.max_points, ZERO, rule.printed_points_per_unit)
        case BestAssociationRule() if rule.unit != "active_user":
            found = (_multiples(threshold, rule.max_points, ZERO, None) for threshold in rule.thresholds.values())
            return set().union(*found)
        case CertifiedPeopleRule():
            gates = [gate.points for gate in rule.gates]
            some = {sum(met, ZERO) for n in range(len(gates)) for met in combinations(gates, n)}
            room = rule.max_points - sum(gates, ZERO)
            return some | _multiples(rule.threshold, room, sum(gates, ZERO), rule.printed_points_per_unit)
    return set()


def _multiples(threshold: Fraction, room: Fraction, start: Fraction, printed: Fraction | None) -> set[Fraction]:
    units = [Fraction(n) for n in range(-(-threshold // 1))]
    found = {start + n / threshold * room for n in units} | {start + room}
    return found if printed is None else found | {start + n * printed for n in units}


def _people(found: Difference, rule: CertifiedPeopleRule) -> Iterator[Cause]:
    if not found.is_above:
        more = _people_that_fit(found, rule, up=True)
        yield _missing("rows_missing", found, None if more is None else Fraction(more))
        return
    gates = list(_gates_that_fit(found, rule))
    counted = _people_that_fit(found, rule, up=False)
    yield from gates[:1]
    if counted is not None:
        values = {"people": counted, "gate": None, "at_least": False}
        yield Cause(kind="people_not_linked", explains=True, values=values)
    if counted is None and not gates:
        values = {"people": None, "gate": None, "at_least": False}
        yield Cause(kind="people_not_linked", explains=False, values=values)


def _people_that_fit(found: Difference, rule: CertifiedPeopleRule, *, up: bool) -> int | None:
    """The fewest people more, or less, in the step that gives points."""
    held = found.ours.value or ZERO
    most = rule.threshold - held if up else held
    for n in range(1, int(most) + 1):
        points = points_of_people(rule, held + n if up else held - n, found.ours.gates)
        if any(abs(one - found.shown.points) < SAME_POINTS for one in (points.points, points.printed)):
            return n
    return None


def _gates_that_fit(found: Difference, rule: CertifiedPeopleRule) -> Iterator[Cause]:
    """The gates that, closed, give what Partner Center shows: the one that takes the fewest people first."""
    gates = found.ours.gates
    ordered = sorted((gate for gate in gates if gate.is_met), key=lambda gate: gate.held - gate.needed)
    for closed in ordered:
        too_few = closed.held - closed.needed + 1
        states = tuple(_closed(gate) if gate is closed else gate for gate in gates)
        points = points_of_people(rule, found.ours.value or ZERO, states).points
        if abs(points - found.shown.points) < SAME_POINTS:
            values = {"people": too_few, "gate": closed.certifications, "at_least": True}
            yield Cause(kind="people_not_linked", explains=True, values=values)


def _closed(gate: GateState) -> GateState:
    return gate.model_copy(update={"held": gate.needed - 1})


def _units(found: Difference) -> Iterator[Cause]:
    """Customers, services or amounts that Partner Center does not count, or that our reports do not hold."""
    difference = _difference(found)
    if found.is_above:
        missing = _missing("association_missing", found, difference)
    else:
        if found.ours.parts_not_given:
            yield _missing("rows_missing", found, None, parts=found.ours.parts_not_given)
        missing = _missing("rows_missing", found, difference)
    yield missing
    if missing.explains and difference is not None and found.figure is not None and found.figure.measured is None:
        yield _other_figure(found, difference)


def _other_figure(found: Difference, difference: Fraction) -> Cause:
    """Figure and points were both typed in, and do not go together: the figure that would."""
    value = found.ours.value or ZERO
    fits = value - difference if found.is_above else value + difference
    values = {"points": found.shown.points, "figure": fits, "typed": value, "unit": unit_of(found.rule)}
    return Cause(kind="typed_wrong", explains=True, values=values)


def _missing(kind: CauseKind, found: Difference, missing: Fraction | None, parts: tuple[str, ...] = ()) -> Cause:
    """A number of units fits only where it is a whole one; an amount can always be found, and proves nothing."""
    unit = "usd" if isinstance(found.rule, GrowthRule) else unit_of(found.rule)
    counted = unit not in ("usd", "active_user")
    if missing is not None and counted and missing.denominator != 1:
        missing = None
    values: dict[str, Any] = {
        "missing": missing,
        "unit": None if missing is None else unit,
        "at_least": found.shown.points in (ZERO, found.rule.max_points),
    }
    values |= {"parts": parts} if kind == "rows_missing" else {"part": None}
    return Cause(kind=kind, explains=missing is not None and counted, values=values)


def _difference(found: Difference) -> Fraction | None:
    """How many units, or how much of the amount of now, lie between ours and what Partner Center shows."""
    ours, rule, target = found.ours, found.rule, None
    if ours.value is None or ours.threshold is None:
        return None
    target = found.shown.points / rule.max_points * ours.threshold
    match rule:
        case GrowthRule():
            amounts = [amount for amount in ours.inputs.values() if amount.year_ago is not None]
            if len(amounts) != 1 or not ours.minimum_met:
                return None
            return abs(ours.value - target) / HUNDRED * (amounts[0].year_ago or ZERO)
        case CountRule() | ChangeRule() | BestAssociationRule():
            whole = rule.unit != "active_user"
            nearest = Fraction(round(target)) if whole else target
            return abs(ours.value - nearest) if not whole or _gives(found, nearest) else None
    return None


def _gives(found: Difference, units: Fraction) -> bool:
    """Whether so many units give what Partner Center shows, exactly or by the decimals that it prints."""
    rule, threshold = found.rule, found.ours.threshold
    assert threshold is not None
    given = [units / threshold * rule.max_points]
    given += [units * rule.printed_points_per_unit] if rule.printed_points_per_unit is not None else []
    return any(abs(points - found.shown.points) < SAME_POINTS for points in given)


def _limits(found: Difference) -> Iterator[Cause]:
    """What the reports do not tell, as far as it can make this difference."""
    measured = found.ours.measured
    limits = measured.limits if measured else ()
    if isinstance(found.rule, CountRule):  # where nothing is subtracted it is clear on which side it makes us wrong
        unfit = TOO_LOW if found.is_above else TOO_HIGH
        limits = tuple(one for one in limits if one not in unfit)
    if limits:
        yield Cause(kind="report_limits", explains=False, values={"limits": limits})
