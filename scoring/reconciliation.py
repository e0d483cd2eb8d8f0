"""The figures that Partner Center shows beside ours, metric by metric: `reconcile(rulebook, facts, area, on)`."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Literal

from scoring.capability import score
from scoring.difference import Cause, Difference, Shown, points_of, same_points
from scoring.facts import Facts, Figure
from scoring.figure_choice import Question, figure_in_force, figures_known
from scoring.likely_causes import likely
from scoring.metric_rules import METRICS, MetricName, MetricRule, Track
from scoring.metric_score import score_metric
from scoring.recomputed_causes import recomputed
from scoring.rulebook import Edition, Rulebook
from scoring.scorecard import MetricScore, Scorecard
from scoring.sources import Frozen

Status = Literal["equal", "differs", "only_ours", "only_shown", "not_known"]


class MetricReconciliation(Frozen):
    """One metric: our points, those of Partner Center, and what may make the difference.

    `causes` stand in the order of likelihood; `checked` were tried and do not give what Partner Center shows.
    """

    metric: MetricName
    rule: MetricRule
    status: Status
    ours: MetricScore | None = None
    shown: Shown | None = None
    causes: tuple[Cause, ...] = ()
    checked: tuple[Cause, ...] = ()

    @property
    def difference(self) -> Fraction | None:
        """Our points minus those of Partner Center; None where one of them is not known."""
        if self.ours is None or self.shown is None:
            return None
        return points_of(self.ours) - self.shown.points

    @property
    def fitting(self) -> int:
        """How many causes give exactly what Partner Center shows."""
        return sum(cause.explains for cause in self.causes)


class Reconciliation(Frozen):
    """An area's metrics on one track, in the order in which Microsoft lists them.

    `track` is the one that was typed in of Partner Center; by our figures another one may count (`card.track`).
    """

    card: Scorecard
    track: Track
    metrics: tuple[MetricReconciliation, ...]

    @property
    def differing(self) -> tuple[MetricReconciliation, ...]:
        """The metrics that differ."""
        return tuple(one for one in self.metrics if one.status == "differs")

    @property
    def compared(self) -> int:
        """How many metrics are known on both sides."""
        return sum(one.status in ("equal", "differs") for one in self.metrics)


def reconcile(rulebook: Rulebook, facts: Facts, area: str, on: date, track: Track | None = None) -> Reconciliation:
    """Compare what was typed in of Partner Center with what reports and the list of people give.

    Where there is neither a report nor a list, typed figures are ours and typed points are those of Partner Center.
    Raises: those of `score`.
    """
    card = score(rulebook, facts, area, on, track=track)
    edition = rulebook.edition(area, on)
    sides = _Sides(rulebook, edition, facts, on)
    compared = _compared(sides, edition, card.track) if track is None else card.track
    rules = edition.metrics[compared]
    metrics = tuple(sides.metric(compared, metric) for metric in METRICS if metric in rules)
    return Reconciliation(card=card, track=compared, metrics=metrics)


def _compared(sides: "_Sides", edition: Edition, counts: Track) -> Track:
    """The track that counts, or another one where only that one was typed in."""
    ordered = sorted(edition.tracks, key=lambda track: track != counts)
    typed = (track for track in ordered if any(sides.typed(track, metric) for metric in edition.metrics[track]))
    return next(typed, counts)


class _Sides:
    """The facts of an area by side: what reports and lists tell, and what was typed in."""

    def __init__(self, rulebook: Rulebook, edition: Edition, facts: Facts, on: date) -> None:
        self.rulebook = rulebook
        self.edition = edition
        self.on = on
        self.facts = facts
        told = tuple(one for one in facts.figures if one.measured is not None)
        self.told = Facts(figures=told, certifications=facts.certifications, people_as_of=facts.people_as_of)

    def metric(self, track: Track, metric: MetricName) -> MetricReconciliation:
        """Both sides of one metric, and the causes where they differ."""
        rule = self.edition.metrics[track][metric]
        question, ours = self._ours(track, metric, rule)
        shown = self._shown(track, metric, rule, by_rule=ours is None or question.facts is self.told)
        if ours is None or shown is None:
            status: Status = "only_ours" if ours else "only_shown" if shown else "not_known"
            return MetricReconciliation(metric=metric, rule=rule, status=status, ours=ours, shown=shown)
        if same_points(ours, shown.points):
            return MetricReconciliation(metric=metric, rule=rule, status="equal", ours=ours, shown=shown)
        figure = None if ours.steps else figure_in_force(question)
        return _different(Difference(question, rule, ours, shown, figure))

    def _question(self, track: Track, metric: MetricName, facts: Facts) -> Question:
        return Question(self.rulebook, self.edition, facts, self.on, track, metric)

    def typed(self, track: Track, metric: MetricName) -> list[Figure]:
        """What was typed in of a metric by the day, the newest first; of equal age the area's and the track's own."""
        known = figures_known(self._question(track, metric, self.facts))
        own = [one for one in known if one.measured is None and (one.as_of is None or one.as_of <= self.on)]
        return sorted(own, key=lambda one: (one.as_of or date.min, one.area == self.edition.area, one.track == track))[
            ::-1
        ]

    def _ours(self, track: Track, metric: MetricName, rule: MetricRule) -> tuple[Question, MetricScore | None]:
        question = self._question(track, metric, self.told)
        found = score_metric(question, rule)
        if found.basis == "computed":
            return question, found
        typed = self.typed(track, metric)
        if any(one.points is not None for one in typed):
            question = replace(question, facts=Facts(figures=tuple(map(_without_points, typed))))
            found = score_metric(question, rule)
        return question, found if found.basis == "computed" else None

    def _shown(self, track: Track, metric: MetricName, rule: MetricRule, *, by_rule: bool) -> Shown | None:
        for figure in self.typed(track, metric):
            alone = Facts(figures=(_without_points(figure),))
            given = score_metric(self._question(track, metric, alone), rule)
            if figure.points is not None:
                return Shown(points=figure.points, value=given.value, on=figure.as_of, origin=figure.origin)
            if by_rule and given.points is not None:
                return Shown(
                    points=given.points, value=given.value, by_rule=True, on=figure.as_of, origin=figure.origin
                )
        return None


def _without_points(figure: Figure) -> Figure:
    return figure.model_copy(update={"points": None})


def _different(found: Difference) -> MetricReconciliation:
    tried = tuple(recomputed(found))
    open_lag = tuple(one for one in tried if one.kind == "refresh_lag" and not one.explains and _is_due(one))
    fitting = [one for one in tried if one.explains]
    rest = [one for one in likely(found) if not _is_told(one, fitting)]
    causes = (*fitting, *open_lag, *rest)
    checked = tuple(one for one in tried if not one.explains and one not in open_lag)
    metric = found.question.metric
    return MetricReconciliation(
        metric=metric,
        rule=found.rule,
        status="differs",
        ours=found.ours,
        shown=found.shown,
        causes=causes,
        checked=checked,
    )


def _is_due(cause: Cause) -> bool:
    """Whether Partner Center had an older month by its own calendar: then it explains part of a difference at most."""
    return "late" in cause.values and not cause.values["late"]


def _is_told(cause: Cause, fitting: list[Cause]) -> bool:
    """Whether a cause that proves nothing goes without saying, beside one that fits."""
    if cause.explains:
        return False
    return any(one.kind == cause.kind for one in fitting) or (cause.kind == "typed_wrong" and bool(fitting))
