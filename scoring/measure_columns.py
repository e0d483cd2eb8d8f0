"""Which metrics need which columns of which report: what a report without one of them cannot tell."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from scoring.measure_rules import (
    ActiveUsers,
    AzureAmount,
    ConsumptionValue,
    CustomersMeasured,
    Measure,
    PairsByRevenue,
    PartMeasure,
    Parts,
    Report,
    RowsWanted,
    ServicesInUse,
    TenantsByAmount,
    TenantsBySeats,
)
from scoring.metric_rules import METRICS, MetricName, Track
from scoring.rulebook import Rulebook
from scoring.usage import Field

_TRACKS: tuple[Track, ...] = ("single", "enterprise", "smb")
_USAGE: tuple[Report, ...] = ("business_applications_usage", "dynamics_usage", "power_bi_usage")
_REVENUE: tuple[Report, ...] = ("business_applications_revenue", "subscription_details")


class Untold(NamedTuple):
    """A metric that a report without some column does not tell; `metric` None for what decides the track."""

    area: str
    metric: MetricName | None


def untold(rulebook: Rulebook, report: Report, missing: Collection[Field]) -> tuple[Untold, ...]:
    """The metrics that cannot be measured from a report without these columns, by the newest rules."""
    return tuple(dict.fromkeys(_untold(rulebook, report, frozenset(missing))))


def _untold(rulebook: Rulebook, report: Report, missing: frozenset[Field]) -> Iterator[Untold]:
    for rules in rulebook.areas.values():
        newest = rules.tracks[max(rules.tracks)]
        decides = getattr(newest, "measured", None)
        if decides is not None and missing & _columns_of_choice(decides, report):
            yield Untold(rules.area, None)
        for metric in METRICS:
            if metric not in rules.metrics:
                continue
            for track in _TRACKS:
                history = rules.metrics[metric].of(track)
                measure = history[max(history)].measured if history else None
                if measure is not None and missing & needed_columns(measure, report):
                    yield Untold(rules.area, metric)


def items_named(rulebook: Rulebook, report: Report) -> frozenset[str]:
    """Every workload that some rule names, of any edition, where the report is one of workloads; else none."""
    found: set[str] = set()
    for rules in rulebook.areas.values():
        for history in rules.metrics.values():
            for track in _TRACKS:
                for rule in history.of(track).values():
                    settings = rule.measured.parts.values() if isinstance(rule.measured, Parts) else (rule.measured,)
                    found.update(*(_items_of(setting, report) for setting in settings if setting is not None))
    return frozenset(found)


def _items_of(setting: object, report: Report) -> tuple[str, ...]:
    match setting:
        case TenantsBySeats() | ActiveUsers() if report in setting.seats.reports:
            return setting.seats.rows.items or ()
        case PairsByRevenue() if report == _REVENUE[0]:
            return setting.rows.items or ()
        case ConsumptionValue() if report == _USAGE[0]:
            return tuple(name for rate in setting.rates for name in rate.workloads)
    return ()


def needed_columns(measure: Measure, report: Report) -> frozenset[Field]:
    """The columns of a report that a measure needs; none where it does not use the report."""
    settings = tuple(measure.parts.values()) if isinstance(measure, Parts) else (measure,)
    return frozenset().union(*(_columns(setting, report) for setting in settings))


def _columns(setting: PartMeasure, report: Report) -> frozenset[Field]:
    found: set[Field] = set()
    match setting:
        case TenantsByAmount() | AzureAmount() | ServicesInUse() if report == "azure_usage":
            found = {"month", "association", "acr", *_items(setting.rows)}
            if isinstance(setting, TenantsByAmount) or (isinstance(setting, AzureAmount) and setting.tenants):
                found.add("tenant")
            if isinstance(setting, ServicesInUse):
                found.add("item")
        case TenantsBySeats() | ActiveUsers() if report in setting.seats.reports:
            found = {"month", "tenant", "item"}
            if setting.seats.test is not None:
                found.add("paid_seats")
            if isinstance(setting, ActiveUsers) or setting.active_share_at_least is not None:
                found.add("active_users")
            if report != "cpor_usage":
                found.add("association")
        case PairsByRevenue() if report in _REVENUE:
            found = {"month", "tenant", "item", "association", "revenue"}
        case ConsumptionValue() if report in _USAGE:
            found = {"month", "tenant", "item", "association", "active_users"}
    return frozenset(found)


def _items(rows: RowsWanted) -> set[Field]:
    return {"item"} if rows.items or rows.without else set()


def _columns_of_choice(setting: object, report: Report) -> frozenset[Field]:
    if isinstance(setting, CustomersMeasured):
        azure: set[Field] = {"month", "tenant", "association", "segment", "acr"}
        return frozenset(azure if report == "azure_usage" else ())
    revenue: set[Field] = {"month", "tenant", "item", "association", "revenue"}
    return frozenset(revenue if report in _REVENUE else ())
