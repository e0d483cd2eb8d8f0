"""One metric on one track: facts and rule -> what was measured and its points, or why it is not known."""

from fractions import Fraction
from typing import Any

from scoring.errors import UnneededFactError, WrongFactError
from scoring.facts import WHOLE, Amount, Figure
from scoring.figure_choice import Question, figure_in_force, figures_known, shown_points
from scoring.metric_rules import (
    BestAssociationRule,
    CertifiedPeopleRule,
    ChangeRule,
    CountRule,
    GrowthRule,
    MetricRule,
    SumOfSidesRule,
)
from scoring.points import (
    ZERO,
    Points,
    minimum_is_checked,
    minimum_met,
    points_of_best_association,
    points_of_count,
    points_of_growth,
    points_of_people,
    points_of_sides,
)
from scoring.scorecard import GateState, MetricScore, NotKnownReason
from scoring.skilling import certified_people

HUNDRED = Fraction(100)


class _NotKnownError(Exception):
    """The facts do not say what the rule needs. Internal: becomes a metric that is not known."""

    def __init__(self, reason: NotKnownReason) -> None:
        super().__init__(reason)
        self.reason = reason


def score_metric(question: Question, rule: MetricRule) -> MetricScore:
    """The score of one metric under one rule.

    Raises: UnneededFactError, WrongFactError for a figure that does not fit the rule.
    """
    figure, shown = figure_in_force(question), shown_points(question)
    if shown and shown.points is not None and not 0 <= shown.points <= rule.max_points:
        raise _wrong(shown, shown.points, f"the points of this metric are 0 to {rule.max_points}")
    try:
        if isinstance(rule, CertifiedPeopleRule):
            score = _score_people(question, rule, figure)
        else:
            score = _score_figure(question, rule, figure)
    except _NotKnownError as missing:
        score = _stand_in(question, rule, figure, missing.reason)
    return score if shown is None else score.model_copy(update={"shown_points": shown.points, "shown_on": shown.as_of})


def _stand_in(question: Question, rule: MetricRule, figure: Figure | None, reason: NotKnownReason) -> MetricScore:
    """The points that Partner Center shows where nothing can be computed; else a metric that is not known."""
    if figure is None or figure.points is None:
        measured = figure.measured if figure else None
        return MetricScore(metric=question.metric, rule=rule, basis="not_known", reason=reason, measured=measured)
    whole = figure.parts.get(WHOLE, Amount())
    return MetricScore(
        metric=question.metric,
        rule=rule,
        basis="partner_center",
        value=figure.people if figure.people is not None else whole.count,
        points=figure.points,
        printed_points=figure.points,
        as_of=figure.as_of,
        origin=figure.origin,
    )


def _score_figure(question: Question, rule: MetricRule, figure: Figure | None) -> MetricScore:
    if figure is None:
        raise _NotKnownError("later_figures_only" if figures_known(question) else "no_figure")
    if figure.measured is not None and figure.measured.lacking is not None:
        raise _NotKnownError(figure.measured.lacking.reason)
    if not figure.parts:
        raise _NotKnownError("no_figure")
    extra: dict[str, Any] = {}
    match rule:
        case CountRule():
            points = points_of_count(rule, _count(figure))
        case ChangeRule():
            changes = _changes(figure, rule, rule.sides)
            extra["parts_not_given"] = _left_out(figure, rule.sides)
            points = points_of_count(rule, sum(changes.values(), ZERO))
        case GrowthRule():
            points, extra = _growth(figure, rule)
        case BestAssociationRule():
            if figure.measured is not None:  # typed figures name the one type that the partner goes by
                extra["parts_not_given"] = _left_out(figure, tuple(rule.thresholds))
            points = points_of_best_association(rule, _changes(figure, rule, tuple(rule.thresholds)))
        case SumOfSidesRule():
            sides = tuple(rule.amount_per_point)
            extra["parts_not_given"] = _left_out(figure, sides)
            points = points_of_sides(rule, _changes(figure, rule, sides))
        case _:
            raise AssertionError(f"a {rule.kind} rule is not scored from figures")
    extra["inputs"] = figure.parts
    return _computed(
        question, rule, points, as_of=figure.as_of, origin=figure.origin, measured=figure.measured, **extra
    )


def _computed(question: Question, rule: MetricRule, points: Points, **extra: Any) -> MetricScore:
    room = rule.max_points - points.points
    return MetricScore(
        metric=question.metric,
        rule=rule,
        basis="computed",
        value=points.value,
        threshold=points.threshold,
        points=points.points,
        printed_points=points.printed,
        next_unit_points=min(room, points.per_unit),
        parts=points.parts,
        **extra,
    )


def _count(figure: Figure) -> Fraction:
    amount = _only_part(figure)
    if amount.year_ago is not None or amount.percent is not None:
        raise _unneeded(figure, "a plain count, nothing is subtracted")
    count = amount.count if amount.count is not None else amount.now
    if count is None:
        raise _NotKnownError("no_figure")
    if count < 0:
        raise _wrong(figure, count, "a number of things is not below zero")
    return count


def _only_part(figure: Figure) -> Amount:
    if set(figure.parts) != {WHOLE}:
        raise _unneeded(figure, f"one figure, no parts ({', '.join(part for part in figure.parts if part)})")
    return figure.parts[WHOLE]


def _changes(figure: Figure, rule: MetricRule, allowed: tuple[str, ...]) -> dict[str, Fraction]:
    """The difference to a year ago of each part given."""
    if set(figure.parts) == {WHOLE}:
        if allowed and not isinstance(rule, ChangeRule):
            raise _NotKnownError("part_not_named")
        return {WHOLE: _change(figure, figure.parts[WHOLE])}
    for part in figure.parts:
        if part not in allowed:
            raise _unneeded(figure, f"{_parts_allowed(allowed)}, not '{part}'")
    return {part: _change(figure, amount) for part, amount in figure.parts.items()}


def _parts_allowed(allowed: tuple[str, ...]) -> str:
    return f"parts named {' or '.join(allowed)}" if allowed else "one figure without parts"


def _change(figure: Figure, amount: Amount) -> Fraction:
    if amount.percent is not None:
        raise _unneeded(figure, "a difference of two counts, not a percentage")
    if amount.count is not None:
        return amount.count
    if amount.now is None or amount.year_ago is None:
        raise _NotKnownError("year_ago_not_given")
    return amount.now - amount.year_ago


def _left_out(figure: Figure, sides: tuple[str, ...]) -> tuple[str, ...]:
    return () if WHOLE in figure.parts else tuple(side for side in sides if side not in figure.parts)


def _growth(figure: Figure, rule: GrowthRule) -> tuple[Points, dict[str, Any]]:
    amount = _only_part(figure)
    amounts = {"now": amount.now, "year_ago": amount.year_ago}
    points = points_of_growth(rule, growth_percent(amount), **amounts)
    checks = {
        "minimum_checked": minimum_is_checked(rule, **amounts),
        "minimum_met": minimum_met(rule, **amounts),
    }
    return points, checks


def growth_percent(amount: Amount) -> Fraction:
    """Growth against a year ago, in percent; a base of zero or below has no growth.

    >>> growth_percent(Amount(now=Fraction(114), year_ago=Fraction(100)))
    Fraction(14, 1)
    """
    given = amount.percent if amount.percent is not None else amount.count
    if given is not None:
        return given
    if amount.now is None or amount.year_ago is None:
        raise _NotKnownError("year_ago_not_given")
    return (amount.now - amount.year_ago) / amount.year_ago * HUNDRED if amount.year_ago > 0 else ZERO


def _score_people(question: Question, rule: CertifiedPeopleRule, figure: Figure | None) -> MetricScore:
    if question.facts.certifications is None:
        return _score_typed_people(question, rule, figure)
    held = question.facts.certifications
    people = certified_people(question.rulebook, question.edition, rule, held, question.on)
    states = tuple(
        GateState(certifications=step.certifications, held=len(step.holders), needed=gate.people, points=gate.points)
        for gate, step in zip(rule.gates, people.gates, strict=True)
    )
    points = points_of_people(rule, Fraction(len(people.counted.holders)), states)
    steps = (*people.gates, people.counted)
    return _computed(question, rule, points, gates=states, steps=steps, as_of=question.facts.people_as_of)


def _score_typed_people(question: Question, rule: CertifiedPeopleRule, figure: Figure | None) -> MetricScore:
    if figure is None or figure.people is None:
        raise _NotKnownError("people_not_given")
    listed = [question.edition.lists[gate.certifications].certifications for gate in rule.gates]
    known = {key for keys in listed for key in keys}
    for key in figure.gate_holders:
        if key not in known:
            raise _unneeded(figure, f"gates with {', '.join(sorted(known)) or 'no certification'}, not '{key}'")
    if any(not set(keys) & set(figure.gate_holders) for keys in listed):
        raise _NotKnownError("gate_holders_not_given")
    states = tuple(
        GateState(
            certifications=keys,
            held=sum(figure.gate_holders.get(key, 0) for key in keys),
            needed=gate.people,
            points=gate.points,
        )
        for gate, keys in zip(rule.gates, listed, strict=True)
    )
    points = points_of_people(rule, figure.people, states)
    return _computed(question, rule, points, gates=states, as_of=figure.as_of, origin=figure.origin)


def _unneeded(figure: Figure, needed: str) -> UnneededFactError:
    message = f"{figure.origin}: {figure.area} {figure.metric} does not fit its rule, which needs {needed}; correct it."
    return UnneededFactError(message, where=str(figure.origin), area=figure.area, fact=figure.metric, needed=needed)


def _wrong(figure: Figure, value: Fraction, reason: str) -> WrongFactError:
    where, given = str(figure.origin), f"{float(value):g}"
    message = f"{where}: {figure.area} {figure.metric} is {given}, but {reason}; correct it."
    return WrongFactError(message, where=where, fact=figure.metric, value=given, reason=reason)
