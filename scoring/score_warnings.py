"""What to watch in a scorecard: line cases, conflicts of sources, single points of failure, stale data."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from scoring.data_age import data_age
from scoring.facts import WHOLE, Facts
from scoring.figure_choice import Question, figure_in_force
from scoring.metric_rules import ByCustomers, ByWorkloads, HigherTotal, MetricName, OtherReading
from scoring.programme import EditionName
from scoring.rulebook import Edition, Rulebook, with_changes
from scoring.scorecard import MetricScore, Scorecard, ScoreWarning, TrackScore
from scoring.track import other_track_by_pairs
from scoring.track_score import pass_rule_on, rescored, score_track, total_of

SAME_POINTS = Fraction(5, 100)  # Partner Center rounds: points that differ by less than this are the same


def warnings_of(rulebook: Rulebook, edition: Edition, facts: Facts, card: Scorecard) -> Iterator[ScoreWarning]:
    """Everything to watch in a scorecard, the verdict's own doubts first."""
    watch = _Watch(rulebook, edition, facts, card)
    yield from watch.line_case()
    yield from watch.source_conflicts()
    yield from watch.edition_uncertain()
    yield from watch.track()
    yield from watch.people()
    yield from watch.gates()
    yield from watch.lapses()
    yield from watch.inputs()
    yield from watch.stale_data()


class _Watch:
    def __init__(self, rulebook: Rulebook, edition: Edition, facts: Facts, card: Scorecard) -> None:
        self.rulebook = rulebook
        self.edition = edition
        self.facts = facts
        self.card = card
        self.chosen: TrackScore = card.chosen

    def line_case(self) -> Iterator[ScoreWarning]:
        """The exact total and the one of the printed decimals stand on different sides of the line."""
        score, line = self.chosen, self.card.qualifying_score
        if score.total is None or score.printed_total is None or score.missing.below_minimum:
            return
        if (score.total >= line) != (score.printed_total >= line):
            yield ScoreWarning(kind="line_case", values={"exact": score.total, "printed": score.printed_total})

    def source_conflicts(self) -> Iterator[ScoreWarning]:
        """Another documented reading of one rule gives another verdict."""
        if self.chosen.qualified is None:
            return
        rule = pass_rule_on(self.rulebook, self.card.on)
        for reading in rule.other_readings:
            other = total_of(self.card.track, list(self.chosen.metrics), with_changes(rule, reading.changes))
            yield from self._conflict(reading, other, None)
        for metric in self.chosen.metrics:
            for reading in metric.rule.other_readings:
                yield from self._conflict(reading, self._under(metric, reading), metric.metric)

    def _under(self, metric: MetricScore, reading: OtherReading) -> TrackScore:
        question = self._question(metric.metric, self.card.on)
        if reading.uses == "trailing_12_months":
            figure = figure_in_force(question)
            if figure is None or figure.trailing_12_months is None:
                return self.chosen
            other = figure.model_copy(update={"parts": {WHOLE: figure.trailing_12_months}})
            question = self._question(metric.metric, self.card.on, Facts(figures=(other,)))
        return rescored(question, self.chosen, with_changes(metric.rule, reading.changes))

    def _conflict(self, reading: OtherReading, other: TrackScore, metric: MetricName | None) -> Iterator[ScoreWarning]:
        if other.qualified is not None and other.qualified != self.chosen.qualified:
            values = {"total": other.total, "qualified": other.qualified}
            yield ScoreWarning(
                kind="source_conflict",
                metric=metric,
                values=values,
                says=reading.says,
                reference=reading.reference,
            )

    def _question(self, metric: MetricName, on: date, facts: Facts | None = None) -> Question:
        return Question(self.rulebook, self.edition, facts or self.facts, on, self.card.track, metric)

    def edition_uncertain(self) -> Iterator[ScoreWarning]:
        """The next edition may already have been in force: the day it started is not known."""
        later = next((one for one in self.rulebook.editions if one.since > self.card.on), None)
        if later is None or later.start_is_known or (later.not_before or later.since) >= self.card.on:
            return
        yield ScoreWarning(
            kind="edition_uncertain",
            values={"edition": later.id, "not_before": later.not_before, "since": later.since},
            says=later.summary,
            reference=later.reference,
        )
        yield from self._conflict_of_editions(later)

    def _conflict_of_editions(self, later: EditionName) -> Iterator[ScoreWarning]:
        edition = self.rulebook.edition(self.card.area, later.since)
        if self.card.track in edition.tracks:
            other = score_track(self.rulebook, edition, self.facts, self.card.on, self.card.track)
            yield from self._conflict(OtherReading(says=later.summary, reference=later.reference), other, None)

    def track(self) -> Iterator[ScoreWarning]:
        """The choice of the track rests on an assumption or a reading, or the other track would qualify."""
        others = [score for score in self.card.tracks if score.track != self.card.track]
        yield from self._other_reading_of_workloads(others)
        if self.card.track_reason in ("figures_given", "undecided") and isinstance(
            self.card.track_rule, ByCustomers | ByWorkloads
        ):
            for other in others:
                values = {"other": other.track, "total": other.total, "qualified": other.qualified}
                yield ScoreWarning(kind="track_assumed", values=values)
        if not isinstance(self.card.track_rule, HigherTotal) or self.card.track_reason == "asked":
            return
        for other in others:
            if other.total is None:
                missing: dict[str, Any] = {"other": other.track, "not_known": other.missing.not_known}
                yield ScoreWarning(kind="track_not_computed", values=missing)
            elif other.qualified and not self.chosen.qualified:
                yield ScoreWarning(kind="other_track_qualifies", values={"other": other.track, "total": other.total})

    def _other_reading_of_workloads(self, others: list[TrackScore]) -> Iterator[ScoreWarning]:
        rule = self.card.track_rule
        if not isinstance(rule, ByWorkloads) or self.card.track_reason != "classified":
            return
        other = other_track_by_pairs(rule, self.card.track_inputs)
        for score in others:
            if score.track == other:
                values = {"other": other, "total": score.total, "qualified": score.qualified}
                yield ScoreWarning(kind="track_reading", values=values, says=rule.notes[0], reference=rule.reference)

    def people(self) -> Iterator[ScoreWarning]:
        """The list of people is of a later day: who held something and lapsed before it was made is not in it."""
        listed = self.facts.people_as_of
        metrics = tuple(metric.metric for metric in self.chosen.metrics if metric.steps)
        if listed is not None and self.card.on < listed and metrics:
            yield ScoreWarning(kind="people_listed_later", values={"as_of": listed, "metrics": metrics})

    def gates(self) -> Iterator[ScoreWarning]:
        """A gate is held by exactly the number of people it needs."""
        for metric in self.chosen.metrics:
            exact = [gate for gate in metric.gates if gate.held == gate.needed]
            for held in sorted({gate.held for gate in exact}):
                names = tuple("/".join(gate.certifications) for gate in exact if gate.held == held)
                values = {"certifications": names, "held": held, "points": metric.points}
                yield ScoreWarning(kind="gate_exact", metric=metric.metric, values=values)

    def lapses(self) -> Iterator[ScoreWarning]:
        """A certification that counts stops counting soon, or counts only by a reading that no source decides."""
        last = self.card.on + timedelta(days=self.rulebook.programme.lapse_warning_days)
        for metric in self.chosen.metrics:
            holders = [holder for step in metric.steps for holder in step.holders]
            ends = {one.credit.end for one in holders if one.credit.end is not None and one.credit.end <= last}
            for end in sorted(ends):
                yield self._lapse(metric, end)
            after = {
                one.held.person
                for one in holders
                if one.credit.after_expiry and one.held.expires is not None and one.held.expires < self.card.on
            }
            if after:
                yield ScoreWarning(kind="credit_after_expiry", metric=metric.metric, values={"people": len(after)})

    def _lapse(self, metric: MetricScore, end: date) -> ScoreWarning:
        later = self._without_who_lapses(end)
        ending = {
            (holder.held.certification, holder.held.person)
            for step in metric.steps
            for holder in step.holders
            if holder.credit.end == end
        }
        values = {
            "on": end,
            "certifications": tuple(sorted({certification for certification, _ in ending})),
            "people": len({person for _, person in ending}),
            "points": metric.points,
            "points_after": later.metric(metric.metric).points,
            "total_after": later.total,
            "qualified_after": later.qualified,
        }
        return ScoreWarning(kind="certification_lapses", metric=metric.metric, values=values)

    def _without_who_lapses(self, end: date) -> TrackScore:
        """The same track on the day after: one person's certificates may count in several metrics."""
        later = self.chosen
        for metric in self.chosen.metrics:
            if metric.steps:
                later = rescored(self._question(metric.metric, end + timedelta(days=1)), later, metric.rule)
        return later

    def inputs(self) -> Iterator[ScoreWarning]:
        """A figure leaves something open, or Partner Center shows other points."""
        for metric in self.chosen.metrics:
            if metric.parts_not_given:
                values = {"parts": metric.parts_not_given}
                yield ScoreWarning(kind="part_not_given", metric=metric.metric, values=values)
            if metric.points is not None and not metric.minimum_checked:
                yield ScoreWarning(kind="minimum_not_checked", metric=metric.metric)
            if metric.basis == "computed" and _differs(metric):
                both: dict[str, Any] = {"computed": metric.points, "shown": metric.shown_points}
                yield ScoreWarning(kind="partner_center_differs", metric=metric.metric, values=both)

    def stale_data(self) -> Iterator[ScoreWarning]:
        """A figure is older than its refresh cycle: a newer one should be in Partner Center."""
        stale: dict[tuple[date, date], list[MetricName]] = {}
        for metric in self.chosen.metrics:
            age = data_age(self.rulebook, metric, self.card.on)
            if age is not None and self.card.on > age.next_refresh:
                stale.setdefault((age.as_of, age.next_refresh), []).append(metric.metric)
        for (as_of, due), metrics in sorted(stale.items()):
            values = {
                "as_of": as_of,
                "due": due,
                "days": (self.card.on - as_of).days,
                "metrics": tuple(metrics),
            }
            yield ScoreWarning(kind="data_stale", values=values)


def _differs(metric: MetricScore) -> bool:
    shown, points, printed = metric.shown_points, metric.points, metric.printed_points
    if shown is None or points is None or printed is None:
        return False
    return abs(shown - points) >= SAME_POINTS and abs(shown - printed) >= SAME_POINTS
