"""One metric where Partner Center shows other points than ours, and what a cause of that can be."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal

from pydantic import Field

from scoring.facts import Facts, Figure, Origin
from scoring.figure_choice import Question
from scoring.metric_rules import MetricRule
from scoring.metric_score import score_metric
from scoring.programme import in_force
from scoring.rulebook import Rulebook
from scoring.score_warnings import SAME_POINTS
from scoring.scorecard import MetricScore
from scoring.sources import Exact, Frozen, Reference, Text

CauseKind = Literal[
    "refresh_lag",
    "rounding",
    "other_track",
    "other_reading",
    "other_edition",
    "list_older",
    "report_older",
    "typed_wrong",
    "people_not_linked",
    "association_missing",
    "rows_missing",
    "report_limits",
]


class Cause(Frozen):
    """What may make the difference. `values` are the words of its sentence.

    `explains` is true when the metric computed anew under this cause gives exactly what Partner Center shows; several
    causes may do so, and then the figures alone do not tell which one is true. `says` is the other reading.
    """

    kind: CauseKind
    explains: bool
    values: dict[str, Any] = Field(default_factory=dict)
    says: Text | None = None
    reference: Reference | None = None


class Shown(Frozen):
    """What Partner Center shows of a metric, as somebody typed it in.

    Units: points, and the unit of the rule. With `by_rule` only the figure was typed, and the points are those that
    the rule gives for it. `on` is None where no day was given.
    """

    points: Exact
    value: Exact | None = None
    by_rule: bool = False
    on: date | None = None
    origin: Origin


@dataclass(frozen=True)
class Difference:
    """A metric with other points than Partner Center shows.

    `question` holds our facts alone, without what was typed of Partner Center; `figure` is what our points were
    computed from (None for a list of people).
    """

    question: Question
    rule: MetricRule
    ours: MetricScore
    shown: Shown
    figure: Figure | None

    @property
    def is_above(self) -> bool:
        """Whether our points are above those of Partner Center."""
        return points_of(self.ours) > self.shown.points

    def fits(self, score: MetricScore) -> bool:
        """Whether points computed anew are those that Partner Center shows."""
        return same_points(score, self.shown.points)

    def is_ours(self, score: MetricScore) -> bool:
        """Whether points computed anew are no others than ours."""
        return score.points == self.ours.points

    def by_figure(
        self, figure: Figure, question: Question | None = None, rule: MetricRule | None = None
    ) -> MetricScore:
        """The metric by another figure, question or rule."""
        asked = replace(question or self.question, facts=Facts(figures=(figure,)))
        return score_metric(asked, rule or self.rule)


def points_of(score: MetricScore) -> Fraction:
    """The points of a metric that is known."""
    assert score.points is not None  # only known metrics are compared
    return score.points


def same_points(score: MetricScore, shown: Fraction) -> bool:
    """Whether points are those that Partner Center shows, exactly or by the decimals that it prints."""
    if score.points is None or score.printed_points is None:
        return False
    return any(abs(points - shown) < SAME_POINTS for points in (score.points, score.printed_points))


def last_refresh(rulebook: Rulebook, on: date) -> date | None:
    """The day since which Partner Center shows what it shows on a day; None before the rules name a day."""
    rule = in_force(rulebook.programme.refresh, on)
    if rule is None:
        return None
    first = on.replace(day=1)
    if on.day < rule.day_of_month:
        first = (first - timedelta(days=1)).replace(day=1)
    return first.replace(day=rule.day_of_month)


def shown_since(rulebook: Rulebook, figure: Figure) -> date | None:
    """The day since which Partner Center shows a figure: of a month measured from reports after the month has ended."""
    if figure.as_of is None:
        return None
    if figure.measured is None:
        return last_refresh(rulebook, figure.as_of)
    following = figure.as_of + timedelta(days=1)
    rule = in_force(rulebook.programme.refresh, following)
    return None if rule is None else following.replace(day=rule.day_of_month)
