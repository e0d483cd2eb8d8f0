"""Facts made by hand for reconciliation: months measured from reports beside what Partner Center shows."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from scoring import Facts, Rulebook
from scoring.difference import Cause
from scoring.facts import WHOLE, Amount, Figure, HeldCertification, Lacking, Measured, Origin
from scoring.metric_rules import MetricName, Track
from scoring.reconciliation import MetricReconciliation, reconcile

TODAY = date(2026, 11, 25)  # Partner Center shows October since 20 November
TYPED = Origin(source="typed in Slack")
Parts = int | Mapping[str, int | tuple[int, int]] | tuple[int, int]


def measured(
    rulebook: Rulebook,
    area: str,
    metric: MetricName,
    month: str,
    parts: Parts,
    *,
    track: Track = "enterprise",
    **fields: Any,
) -> Figure:
    """A figure that the reports of a month tell: a count, or now and a year ago; by side where a mapping is given."""
    year, number = (int(one) for one in month.split("-"))
    rules = rulebook.area(area)
    rule = rulebook.edition(area, TODAY).metrics[track][metric]
    assert rule.measured is not None
    refreshed = date(year + (number + 1) // 12, (number + 1) % 12 + 1, 19)
    shared = rules.group is not None and metric in rules.shared_metrics
    amounts = parts if isinstance(parts, Mapping) else {WHOLE: parts}
    return Figure(
        area=str(rules.group) if shared else area,
        metric=metric,
        parts={name: _amount(one) for name, one in amounts.items()},
        as_of=date(year, number, monthrange(year, number)[1]),
        origin=Origin(source="azure.csv"),
        measured=Measured(
            setting=rule.measured.key,
            months={"azure_usage": date(year, number, 1)},
            stands_until=refreshed,
            limits=fields.pop("limits", ()),
            lacking=fields.pop("lacking", None),
        ),
        **fields,
    )


LACKING = Lacking(reason="report_missing", reports=("azure_usage",))


def _amount(given: int | tuple[int, int]) -> Amount:
    if isinstance(given, int):
        return Amount(count=Fraction(given))
    return Amount(now=Fraction(given[0]), year_ago=Fraction(given[1]))


def shown(area: str, metric: MetricName, points: str | None, day: str | None = "2026-11-21", **fields: Any) -> Figure:
    """What Partner Center shows, as typed in."""
    as_of = None if day is None else date.fromisoformat(day)
    given = None if points is None else Fraction(points)
    return Figure(area=area, metric=metric, points=given, as_of=as_of, origin=TYPED, **fields)


def held(person: str, *certifications: str, earned: str | None = None) -> tuple[HeldCertification, ...]:
    """One person's certifications, without an end."""
    start = None if earned is None else date.fromisoformat(earned)
    return tuple(
        HeldCertification(person=person, name=person, certification=one, earned=start, origin=Origin(source="t.csv"))
        for one in certifications
    )


def compared(
    rulebook: Rulebook, facts: Facts, area: str, metric: MetricName, track: Track = "enterprise"
) -> MetricReconciliation:
    """One metric of an area on a track."""
    found = reconcile(rulebook, facts, area, TODAY, track)
    return next(one for one in found.metrics if one.metric == metric)


def kinds(causes: tuple[Cause, ...]) -> list[tuple[str, bool]]:
    """Each cause and whether it gives exactly what Partner Center shows."""
    return [(cause.kind, cause.explains) for cause in causes]
