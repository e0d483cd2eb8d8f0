"""How old the data of a metric is, and when newer data is due: in Partner Center, and in the reports."""

from datetime import date, timedelta

from pydantic import Field

from scoring.measure_rules import Report
from scoring.metric_rules import SKILLING
from scoring.programme import in_force
from scoring.rulebook import Rulebook
from scoring.scorecard import MetricScore
from scoring.sources import Frozen


class DataAge(Frozen):
    """The age of a metric's data on a day.

    Units: `days` since `as_of`. `next_refresh` is the day by which Partner Center shows newer figures; `next_report`
    the day by which the report of the following month can be downloaded (the earliest one, where several are used),
    None for data that is not from a report or whose latency is not published. `months_behind` is how many full
    months before the day asked the newest month of a report is missing, by report.
    """

    as_of: date
    days: int
    next_refresh: date
    next_report: date | None = None
    months_behind: dict[Report, int] = Field(default_factory=dict)


def data_age(rulebook: Rulebook, metric: MetricScore, on: date) -> DataAge | None:
    """The age of a metric's data; None where its day is not known.

    Source: performance and customer success by about the 20th of each month, skilling within about 10 days; reports
    some days after the month has ended.
    """
    if metric.as_of is None:
        return None
    months = dict(metric.measured.months) if metric.measured else {}
    behind = {report: _months(month, on) - 1 for report, month in months.items()}
    return DataAge(
        as_of=metric.as_of,
        days=(on - metric.as_of).days,
        next_refresh=_next_refresh(rulebook, metric, on),
        next_report=_next_report(rulebook, months),
        months_behind={report: late for report, late in behind.items() if late > 0},
    )


def _months(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _next_refresh(rulebook: Rulebook, metric: MetricScore, on: date) -> date:
    assert metric.as_of is not None
    if metric.measured is not None:
        return metric.measured.stands_until + timedelta(days=1)
    rule = in_force(rulebook.programme.refresh, on)
    if rule is None:
        return metric.as_of
    if metric.metric in SKILLING and metric.steps:
        return metric.as_of + timedelta(days=rule.skilling_days)
    first = metric.as_of.replace(day=1)
    if metric.as_of.day >= rule.day_of_month:
        first = _next_month(first)
    return first.replace(day=rule.day_of_month)


def _next_report(rulebook: Rulebook, months: dict[Report, date]) -> date | None:
    """The month after the newest one ends, then the report takes its days, and some reports a month more."""
    latencies = rulebook.usage_terms.report_latency
    days = []
    for report, month in months.items():
        latency = latencies.get(report)
        if latency is not None:
            ends = month
            for _ in range(2 + latency.months):
                ends = _next_month(ends)
            days.append(ends + timedelta(days=latency.days - 1))
    return min(days, default=None)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
