"""What a score is made of: every metric of every track, the total, the verdict, what is missing, what to watch."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from pydantic import Field

from scoring.facts import Amount, Measured, Membership, Origin, TrackInputs
from scoring.metric_rules import MetricName, MetricRule, Track, TrackRule
from scoring.programme import EditionName
from scoring.skilling import Step
from scoring.sources import Exact, Frozen, Reference, Text

NotKnownReason = Literal[
    "no_figure",
    "later_figures_only",
    "year_ago_not_given",
    "part_not_named",
    "people_not_given",
    "gate_holders_not_given",
    "report_missing",
    "months_missing",
    "column_missing",
]
TrackReason = Literal["only_one", "asked", "higher_total", "classified", "figures_given", "undecided"]
WarningKind = Literal[
    "line_case",
    "source_conflict",
    "edition_uncertain",
    "gate_exact",
    "certification_lapses",
    "credit_after_expiry",
    "data_stale",
    "people_listed_later",
    "track_assumed",
    "track_reading",
    "track_not_computed",
    "other_track_qualifies",
    "part_not_given",
    "minimum_not_checked",
    "partner_center_differs",
]


class PartScore(Frozen):
    """One side or association type of a metric. `counts` is false for the association type that lost."""

    name: str
    value: Exact
    threshold: Exact
    points: Exact
    counts: bool = True


class GateState(Frozen):
    """One gate of a skilling metric: holders against the number needed. Units: people; points given once when met."""

    certifications: tuple[str, ...]
    held: int
    needed: int
    points: Exact

    @property
    def is_met(self) -> bool:
        """Whether enough people hold it."""
        return self.held >= self.needed


class MetricScore(Frozen):
    """One metric on one track.

    Units: `points` and its relatives in points, exact; `value` and `threshold` in the unit of the rule.
    `points` is None when the metric is not known, never zero by default; `reason` then says why.
    `inputs` are the amounts of the figure by side or association type (`facts.WHOLE` without any);
    `printed_points` are the points by the rounded figures that the page prints.
    """

    metric: MetricName
    rule: MetricRule
    basis: Literal["computed", "partner_center", "not_known"]
    value: Exact | None = None
    threshold: Exact | None = None
    points: Exact | None = None
    printed_points: Exact | None = None
    next_unit_points: Exact | None = None
    parts: tuple[PartScore, ...] = ()
    inputs: Mapping[str, Amount] = Field(default_factory=dict)
    gates: tuple[GateState, ...] = ()
    steps: tuple[Step, ...] = ()
    shown_points: Exact | None = None
    shown_on: date | None = None
    minimum_checked: bool = True
    minimum_met: bool = True
    parts_not_given: tuple[str, ...] = ()
    reason: NotKnownReason | None = None
    as_of: date | None = None
    origin: Origin | None = None
    measured: Measured | None = None

    @property
    def max_points(self) -> Fraction:
        """The most points that the metric can give."""
        return self.rule.max_points


class Missing(Frozen):
    """What stands between a track and the designation. `points` is None when the total is not known."""

    points: Exact | None
    below_minimum: tuple[MetricName, ...]
    not_known: tuple[MetricName, ...]


class Way(Frozen):
    """One metric that alone would reach the qualifying score. Units: `units` more of the metric's (or part's) unit."""

    metric: MetricName
    part: str | None
    units: int
    total: Exact
    printed_total: Exact


class TrackScore(Frozen):
    """One track of an area: its metrics in the order of attention (not known, below the minimum, then the rest)."""

    track: Track
    metrics: tuple[MetricScore, ...]
    total: Exact | None
    printed_total: Exact | None
    known_points: Exact
    minimum_per_metric: Exact
    qualified: bool | None
    missing: Missing

    def metric(self, name: MetricName) -> MetricScore:
        """The score of one metric of the area."""
        return next(score for score in self.metrics if score.metric == name)


class ScoreWarning(Frozen):
    """Something to watch. `values` are the words of its sentence; `says` the other reading where there is one."""

    kind: WarningKind
    metric: MetricName | None = None
    values: dict[str, Any] = Field(default_factory=dict)
    says: Text | None = None
    reference: Reference | None = None


class Scorecard(Frozen):
    """The answer to `/score <area>`: the track that counts, all tracks, and how far the answer can be trusted."""

    area: str
    name: str
    on: date
    edition: EditionName
    verified_on: date
    qualifying_score: Exact
    track: Track
    track_rule: TrackRule
    track_reason: TrackReason
    tracks: tuple[TrackScore, ...]
    warnings: tuple[ScoreWarning, ...] = ()
    track_inputs: TrackInputs | None = None
    membership: Membership | None = None

    @property
    def chosen(self) -> TrackScore:
        """The track that counts."""
        return next(score for score in self.tracks if score.track == self.track)
