"""Business Applications: pairs of customer and workload by revenue and by monthly consumption value (MCV)."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoring.measure_rules import ConsumptionValue, PairsByRevenue, Range, Rate, RowsWanted, WorkloadsMeasured
from scoring.tested import RowsSeen, Tested, holds
from scoring.usage import Field, Integers, Quantity
from scoring.usage_reports import Lacking, LackingError, UsageReports, month_asked, need_columns
from scoring.usage_table import Amounts, UsageTable, highest, summed

_PAIRS: tuple[Field, ...] = ("month", "tenant", "item", "association")


@dataclass(frozen=True)
class LargeWorkloads:
    """What decides the Business Applications track: workloads (and pairs with a tenant) large in both months."""

    month: int
    workloads: Fraction
    pairs: Fraction


class BusinessMeasures:
    """Measures of the Business applications reports, or of those that stand in for them.

    `asked` is the month of the day asked. Every method may raise LackingError.
    """

    def __init__(self, reports: UsageReports) -> None:
        self.reports = reports

    def revenue(self, setting: PairsByRevenue, asked: int, years_back: int = 0) -> Tested:
        """Pairs by the month's revenue."""
        table = self.revenue_report()
        month = month_asked(table, asked, years_back=years_back)
        found = _pairs(table, month, setting.rows, "revenue")
        seen = (RowsSeen(table, setting.rows, month, month, ("revenue",)),)
        counts = holds(setting.test, found.values)
        tenants, items = table.tenant_of(found.keys), table.item_of(found.keys)
        return Tested(month, tenants, items, table.item_names, found.values, counts, seen)

    def large_workloads(self, setting: WorkloadsMeasured, more_than: Fraction, asked: int) -> LargeWorkloads:
        """Workloads with a customer's revenue above the amount in the reference month and in that of a year before."""
        test = PairsByRevenue(kind="pairs_by_revenue", rows=setting.rows, test=Range(more_than=more_than))
        now, before = (self.revenue(test, asked, years_back) for years_back in (0, 1))
        large = [set(one.item[one.counts].tolist()) for one in (now, before)]
        pairs = [set(zip(*_counting(one), strict=True)) for one in (now, before)]
        return LargeWorkloads(now.month, Fraction(len(large[0] & large[1])), Fraction(len(pairs[0] & pairs[1])))

    def consumption(self, setting: ConsumptionValue, asked: int, years_back: int = 0) -> Tested:
        """Pairs by their consumption value: users (or profiles) times the workload's rate."""
        workloads = tuple(dict.fromkeys(name for rate in setting.rates for name in rate.workloads))
        found: list[Amounts] = []
        seen: list[RowsSeen] = []
        months = []
        for table in self.usage_reports():
            month = month_asked(table, asked, years_back=years_back)
            months.append(month)
            for rate in setting.rates:
                if rate.of not in table.quantities:
                    continue  # the licence reports count no profiles
                wanted = RowsWanted(associations=rate.associations, items=rate.workloads)
                found.append(_valued(table, month, wanted, rate, workloads))
                seen.append(RowsSeen(table, wanted, month, month, (rate.of,)))
        value = highest(found)
        counts = np.ones(len(value.keys), np.bool_) if setting.test is None else holds(setting.test, value.values)
        size = len(workloads)
        units = (value.keys // size, value.keys % size, workloads)
        return Tested(max(months), *units, value.values, counts, tuple(seen))

    def revenue_report(self) -> UsageTable:
        """The report of revenue, or Subscription details in its place."""
        table = self.reports.first_of("business_applications_revenue", "subscription_details")
        need_columns(table, (*_PAIRS, "revenue"))
        return table

    def usage_reports(self) -> tuple[UsageTable, ...]:
        """The report of usage, or the licence reports in its place."""
        own = self.reports.get("business_applications_usage")
        licence = (self.reports.get("dynamics_usage"), self.reports.get("power_bi_usage"))
        tables = (own,) if own is not None else tuple(table for table in licence if table is not None)
        if not tables:
            raise LackingError(Lacking("report_missing", ("business_applications_usage",)))
        for table in tables:
            need_columns(table, (*_PAIRS, "active_users"))
        return tables


def _counting(tested: Tested) -> tuple[list[int], list[int]]:
    return tested.tenant[tested.counts].tolist(), tested.item[tested.counts].tolist()


def _pairs(table: UsageTable, month: int, wanted: RowsWanted, quantity: Quantity) -> Amounts:
    span = table.rows_of(month, month)
    rows = table.given(np.flatnonzero(table.chosen(wanted)[span]) + span.start, quantity)
    return table.amounts(rows, quantity, table.pairs(rows))


def _valued(table: UsageTable, month: int, wanted: RowsWanted, rate: Rate, workloads: tuple[str, ...]) -> Amounts:
    """The consumption value of each tenant's workload, keyed by tenant and place in the list of workloads."""
    found = _pairs(table, month, wanted, rate.of)
    places = table.places_of(workloads)[table.item_of(found.keys)]
    keys: Integers = table.tenant_of(found.keys) * len(workloads) + places
    highest_value = np.iinfo(np.int64).max // rate.usd.numerator  # more than any workload costs; never past 64 bits
    value = np.minimum(found.values // rate.usd.denominator, highest_value) * rate.usd.numerator
    return summed(keys, value)
