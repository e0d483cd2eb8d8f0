"""All figures of a company that its usage reports tell: every metric of every area, for every month that they hold.

They are worked out when reports are imported, so that a question finds them ready.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeVar

from scoring import facts
from scoring.facts import Figure, Measured, MeasuredFacts, Origin, TrackInputs
from scoring.measure_rules import Measure, Report
from scoring.measuring import Measuring
from scoring.metric_rules import ByCustomers, ByWorkloads, MetricName, Track, TrackRule
from scoring.programme import in_force
from scoring.rulebook import Rulebook
from scoring.usage import UsageRows, first_day
from scoring.usage_reports import Lacking, LackingError, UsageReports

Rule = TypeVar("Rule")

_TRACKS: tuple[Track, ...] = ("single", "enterprise", "smb")


# The number of customers is told all the same.
_NO_SEGMENTS = facts.Lacking(reason="column_missing", reports=("azure_usage",), columns=("segment",))


def measured_facts(rulebook: Rulebook, rows: Iterable[UsageRows]) -> MeasuredFacts:
    """Measure the rows by every rule that is in force while they are the newest ones.

    Where something is lacking, a figure without amounts says what.
    """
    reports = UsageReports(rows, rulebook.usage_terms)
    months = sorted({month + 1 for table in reports.tables for month in table.months})
    if not months:
        return MeasuredFacts()
    all_months = _AllMonths(rulebook, Measuring(reports), last=months[-1])
    figures = {_figure_key(figure): figure for asked in months for figure in all_months.figures(asked)}
    inputs = {(one.area, one.as_of): one for asked in months for one in all_months.track_inputs(asked)}
    return MeasuredFacts(figures=tuple(figures.values()), track_inputs=tuple(inputs.values()))


def _figure_key(figure: Figure) -> object:
    """A report without a newer month says the same again a month later."""
    return (figure.area, figure.metric, figure.as_of, figure.measured and figure.measured.setting)


class _AllMonths:
    def __init__(self, rulebook: Rulebook, measuring: Measuring, *, last: int) -> None:
        self.rulebook = rulebook
        self.measuring = measuring
        self.last = last

    def figures(self, asked: int) -> Iterator[Figure]:
        """Every figure for days of the month asked; for the last month, of later days too."""
        done: set[tuple[str, MetricName, str]] = set()
        for rules in self.rulebook.areas.values():
            for metric, history in rules.metrics.items():
                scope = rules.group if rules.group and metric in rules.shared_metrics else rules.area
                for track in _TRACKS:
                    for rule in self._in_force(history.of(track), asked):
                        measure = rule.measured
                        if measure is not None and (scope, metric, measure.key) not in done:
                            done.add((scope, metric, measure.key))
                            yield from self._figure(scope, metric, measure, asked)

    def _in_force(self, values: Mapping[date, Rule], asked: int) -> Iterator[Rule]:
        """The values in force on some day of the month; after the last month, on some later day."""
        first = first_day(asked)
        started = in_force(dict(values), first)
        if started is not None:
            yield started
        end = date.max if asked == self.last else first_day(asked + 1)
        yield from (value for since, value in values.items() if first < since < end)

    def _figure(self, scope: str, metric: MetricName, measure: Measure, asked: int) -> Iterator[Figure]:
        try:
            found = self.measuring.measure(measure, asked)
        except LackingError as error:
            day = first_day(asked) - timedelta(days=1)
            yield Figure(
                area=scope,
                metric=metric,
                as_of=day,
                origin=self._origin(error.lacking.reports),
                measured=self._lacking(measure.key, asked, error.lacking),
            )
            return
        newest = max(found.months.values())
        yield Figure(
            area=scope,
            metric=metric,
            parts={name: part.amount for name, part in found.parts.items()},
            trailing_12_months=found.over_year,
            as_of=first_day(newest + 1) - timedelta(days=1),
            origin=self._origin(found.months),
            measured=Measured(
                setting=measure.key,
                months={report: first_day(month) for report, month in found.months.items()},
                stands_until=self._stands_until(newest),
                limits=found.limits,
            ),
        )

    def track_inputs(self, asked: int) -> Iterator[TrackInputs]:
        """What decides the tracks of classified areas."""
        done: set[str] = set()
        for rules in self.rulebook.areas.values():
            scope = rules.group or rules.area
            if scope in done:
                continue
            done.add(scope)
            for rule in list(self._in_force(rules.tracks, asked))[-1:]:
                yield from self._inputs(scope, rule, asked)

    def _inputs(self, scope: str, rule: TrackRule, asked: int) -> Iterator[TrackInputs]:
        setting = getattr(rule, "measured", None)
        if setting is None:
            return
        try:
            yield self._told(scope, rule, asked)
        except LackingError as error:
            yield TrackInputs(
                area=scope,
                as_of=first_day(asked) - timedelta(days=1),
                origin=self._origin(error.lacking.reports),
                measured=self._lacking(setting.key, asked, error.lacking),
            )

    def _told(self, scope: str, rule: TrackRule, asked: int) -> TrackInputs:
        amounts: dict[str, Fraction | None]
        match rule:
            case ByCustomers(measured=setting) if setting is not None:
                mix = self.measuring.azure.customers(setting, asked)
                amounts = {"smb_customers": mix.smb_customers, "customers": mix.customers}
                amounts["trailing_12_month_acr"] = mix.trailing_acr
                unsaid = None if mix.smb_customers is not None else _NO_SEGMENTS
                return self._track_inputs(scope, setting.key, "azure_usage", mix.month, amounts, unsaid)
            case ByWorkloads(measured=setting) if setting is not None:
                large = self.measuring.business.large_workloads(setting, rule.large_workload_usd, asked)
                report = self.measuring.business.revenue_report().report
                amounts = {"large_workloads": large.workloads, "large_workload_pairs": large.pairs}
                return self._track_inputs(scope, setting.key, report, large.month, amounts)
        raise AssertionError(f"a {rule.kind} rule is not measured")

    def _track_inputs(
        self,
        scope: str,
        key: str,
        report: Report,
        month: int,
        amounts: dict[str, Fraction | None],
        lacking: facts.Lacking | None = None,
    ) -> TrackInputs:
        measured = Measured(
            setting=key,
            months={report: first_day(month)},
            stands_until=self._stands_until(month),
            lacking=lacking,
        )
        as_of = first_day(month + 1) - timedelta(days=1)
        return TrackInputs(area=scope, as_of=as_of, origin=self._origin([report]), measured=measured, **amounts)

    def _lacking(self, key: str, asked: int, lacking: Lacking) -> Measured:
        told = facts.Lacking(
            reason=lacking.reason,
            reports=lacking.reports,
            months=tuple(map(first_day, lacking.months)),
            columns=lacking.columns,
        )
        return Measured(setting=key, stands_until=self._stands_until(asked - 1), lacking=told)

    def _stands_until(self, month: int) -> date:
        """The day before Partner Center shows the month after."""
        refresh = in_force(self.rulebook.programme.refresh, first_day(month + 2))
        shown = first_day(month + 2)
        return shown if refresh is None else shown + timedelta(days=refresh.day_of_month - 2)

    def _origin(self, reports: Iterable[Report]) -> Origin:
        """The newest files of the reports."""
        tables = [table for table in map(self.measuring.reports.get, sorted(reports)) if table is not None]
        newest = [max(table.files, key=lambda file: (file.import_id or 0, file.source)) for table in tables]
        source = ", ".join(file.source for file in newest)
        return Origin(source=source, import_id=max((file.import_id or 0 for file in newest), default=0) or None)
