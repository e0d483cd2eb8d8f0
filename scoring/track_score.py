"""One track of an area: its metrics, its total, its verdict, and the same under another reading."""

from datetime import date
from fractions import Fraction

from scoring.facts import Facts
from scoring.figure_choice import Question
from scoring.metric_rules import METRICS, MetricName, MetricRule, Track
from scoring.metric_score import score_metric
from scoring.programme import PassRule, in_force
from scoring.rulebook import Edition, Rulebook
from scoring.scorecard import MetricScore, Missing, TrackScore

ZERO = Fraction(0)


def pass_rule_on(rulebook: Rulebook, on: date) -> PassRule:
    """The total and the least points per metric that qualify on a day."""
    rule = in_force(rulebook.programme.pass_rule, on)
    assert rule is not None  # the first edition is not older than the first pass rule
    return rule


def score_track(rulebook: Rulebook, edition: Edition, facts: Facts, on: date, track: Track) -> TrackScore:
    """Every metric of one track, its total and its verdict."""
    rules = edition.metrics[track]
    metrics = [score_metric(Question(rulebook, edition, facts, on, track, name), rules[name]) for name in rules]
    return total_of(track, metrics, pass_rule_on(rulebook, on))


def rescored(question: Question, before: TrackScore, rule: MetricRule) -> TrackScore:
    """The same track with one metric under another rule: what a different reading would give."""
    other = score_metric(question, rule)
    metrics = [other if score.metric == question.metric else score for score in before.metrics]
    return total_of(before.track, metrics, pass_rule_on(question.rulebook, question.on))


def total_of(track: Track, metrics: list[MetricScore], rule: PassRule) -> TrackScore:
    """The total of scored metrics, the verdict under a pass rule, and what is missing."""
    not_known = tuple(score.metric for score in metrics if score.points is None)
    below = tuple(score.metric for score in metrics if score.points is not None and is_below(score.points, rule))
    known = sum((score.points for score in metrics if score.points is not None), ZERO)
    printed = sum((score.printed_points for score in metrics if score.printed_points is not None), ZERO)
    total = None if not_known else known
    qualified = None if total is None else total >= rule.qualifying_score and not below
    gap = None if total is None else max(ZERO, rule.qualifying_score - total)
    ordered = sorted(metrics, key=lambda score: (_attention(score, below), METRICS.index(score.metric)))
    return TrackScore(
        track=track,
        metrics=tuple(ordered),
        total=total,
        printed_total=None if total is None else printed,
        known_points=known,
        minimum_per_metric=rule.minimum_per_metric,
        qualified=qualified,
        missing=Missing(points=gap, below_minimum=below, not_known=not_known),
    )


def is_below(points: Fraction, rule: PassRule) -> bool:
    """Whether a metric has too few points for the designation. A minimum of 0 asks for more than zero points."""
    return points < rule.minimum_per_metric if rule.minimum_per_metric else points <= 0


def _attention(score: MetricScore, below: tuple[MetricName, ...]) -> int:
    if score.metric in below:
        return 0
    return 1 if score.points is None else 2
