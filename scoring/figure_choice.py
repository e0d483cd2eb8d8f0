"""Which of a company's figures answers a question: the newest that the rule of the day can use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from scoring.facts import Facts, Figure, TrackInputs
from scoring.metric_rules import MetricName, Track
from scoring.rulebook import AreaRules, Edition, Rulebook

Known = TypeVar("Known", Figure, TrackInputs)


@dataclass(frozen=True)
class Question:
    """Which metric, of which edition and track, from which facts, on which day."""

    rulebook: Rulebook
    edition: Edition
    facts: Facts
    on: date
    track: Track
    metric: MetricName

    @property
    def setting(self) -> str | None:
        """The key of the measure of the metric's rule; None where it has to be typed in."""
        measured = self.edition.metrics[self.track][self.metric].measured
        return measured.key if measured else None


def figure_in_force(question: Question) -> Figure | None:
    """The figure of the metric on the day: the newest; of equal age the area's own and the track's own first.

    What was measured from reports is as new as what Partner Center shows until its next refresh; what reports could
    not tell gives way to anything typed in.
    """
    found = _known(question)
    return max(found, key=lambda figure: _rank(question, figure)) if found else None


def shown_points(question: Question) -> Figure | None:
    """The newest figure that says which points Partner Center shows."""
    found = [figure for figure in _known(question) if figure.points is not None]
    return max(found, key=lambda figure: _rank(question, figure)) if found else None


def _known(question: Question) -> list[Figure]:
    return newest_measured(figures_known(question), question.on)


def newest_measured(facts: Sequence[Known], on: date) -> list[Known]:
    """Facts of the day or before; of those measured from reports only the newest, whether it tells anything or not.

    A month is measured when it is over.
    """
    typed = [one for one in facts if one.measured is None and (one.as_of is None or one.as_of <= on)]
    measured = [one for one in facts if one.measured is not None and one.as_of is not None and one.as_of < on]
    last = max((one.as_of or date.min for one in measured), default=date.min)
    return typed + [one for one in measured if one.as_of == last]


def _rank(question: Question, figure: Figure) -> tuple[bool, date, bool, bool]:
    own_track = None if question.track == "single" else question.track
    return (figure.is_told, figure.stands_until, figure.area == question.edition.area, figure.track == own_track)


def figures_known(question: Question) -> list[Figure]:
    """Every figure of the metric that the rule can use, of whatever day."""
    rules = question.rulebook.area(question.edition.area)
    # An edition with one path for everybody takes Enterprise figures too: that path became the Enterprise track.
    tracks = (None, "enterprise" if question.track == "single" else question.track)
    return [
        figure
        for figure in question.facts.figures_by_metric.get(question.metric, ())
        if figure.track in tracks
        and (figure.area == rules.area or is_shared(figure, rules))
        and (figure.measured is None or figure.measured.setting == question.setting)
    ]


def is_shared(figure: Figure, rules: AreaRules) -> bool:
    """Whether a figure of a group of areas serves this area."""
    return figure.area == rules.group and figure.metric in rules.shared_metrics
