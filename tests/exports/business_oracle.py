"""Business Applications by hand: revenue and usage by tenant and workload."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.exports.answers import Answer, Inputs, counted, growth_in_percent, limited, unless
from tests.exports.clean_reports import Entry, Report, Row, amount, combined, plain, tenant_of, type_of
from tests.exports.programme import (
    DYNAMICS_TYPES,
    LARGE_REVENUE,
    MCV_A_YEAR_AGO,
    MCV_OF_A_DEPLOYMENT,
    PLATFORM_TYPES,
    PLATFORM_WORKLOADS,
    RATES,
    REVENUE_OF_A_CUSTOMER,
    REVENUE_TYPES,
    REVENUE_WORKLOADS,
    edition,
)

Units = dict[tuple[str, ...], Fraction]  # by tenant and workload
BUSINESS = "business applications"
SUBSCRIPTION_COLUMNS = ("CustomerTenantId", "PartnerAttributionType", "Product")


@dataclass(frozen=True)
class Source:
    """A report that tells the amounts of a metric, and its columns."""

    report: Report
    tenant: str
    type: str
    workload: str
    amounts: tuple[str, ...]

    def rows(self, on: date, back: int) -> list[Row]:
        """The rows so many months before the report's reference month."""
        ref = self.report.reference(on)
        return [] if ref is None else self.report.rows_by_month.get(ref - back, [])

    def missing(self, on: date) -> list[str]:
        """What the comparison with a year ago lacks."""
        ref = self.report.reference(on)
        if ref is None:
            return [self.report.name]
        return self.report.missing((ref, ref - 12), self.tenant, self.type, self.workload)

    def units(self, on: date, back: int, types: frozenset[str], workloads: set[str]) -> Units:
        """One amount per tenant and workload."""
        entries = [
            Entry((tenant_of(row), plain(row.get(self.workload, ""))), type_of(row), self._amount(row))
            for row in self.rows(on, back)
            if plain(row.get(self.workload, "")) in workloads
        ]
        return combined(entries, types, flagged=self.report.flagged)

    def _amount(self, row: Row) -> Fraction | None:
        by_profile = plain(row.get(self.workload, "")) == "customer insights" and "MAC" in row
        return amount(row, "MAC") if by_profile else amount(row, *self.amounts)


def _revenue_source(reports: Mapping[str, Report]) -> Source | None:
    if "revenue" in reports:
        columns = ("CustomerTenantID", "PartnerAssociationType", "Workloads")
        return Source(reports["revenue"], *columns, ("AdjustedRevenueAmtCD",))
    if "subscriptions" not in reports:
        return None
    found = reports["subscriptions"]
    rows = [row for row in found.rows if plain(row.get("SolutionArea", "business applications")) == BUSINESS]
    return Source(Report(found.name, found.headers, rows), *SUBSCRIPTION_COLUMNS, ("BilledRevenueUSD",))


def _usage_sources(reports: Mapping[str, Report]) -> list[Source]:
    if "usage" in reports:
        report = reports["usage"]
        rows = [row for row in report.rows if plain(row.get("MetricType", "paid")) == "paid"]
        paid = Report(report.name, report.headers, rows)
        return [Source(paid, "CustomerTenantID", "PartnerAssociationType", "Workload", ("MAU",))]
    sources = []
    if "dynamics" in reports:
        columns = ("CustomerTenantId", "PartnerAttachType", "RevSumCategoryName")
        sources.append(Source(reports["dynamics"], *columns, ("ActiveSeats",)))
    if "power_bi" in reports:
        report = reports["power_bi"]
        named = [{**row, "Workload": "Power BI"} for row in report.rows]
        renamed = Report(report.name, report.headers | {"Workload"}, named)
        sources.append(Source(renamed, "CustomerTenantId", "PartnerAttachType", "Workload", ("ActiveSeats",)))
    return sources


def _consumption(sources: list[Source], on: date, back: int) -> Units:
    """Monthly consumption value: users or profiles times the rate of the workload."""
    rates = RATES["B" if edition(on) == "B" else "C"]
    found: Units = {}
    for source in sources:
        platform = set(rates) & PLATFORM_WORKLOADS
        users = source.units(on, back, DYNAMICS_TYPES, set(rates) - platform)
        users |= source.units(on, back, PLATFORM_TYPES, platform)
        for unit, some in users.items():
            found[unit] = found.get(unit, Fraction(0)) + some * rates[unit[1]]
    return found


def business_answers(reports: Mapping[str, Report], on: date, track: str) -> dict[str, Answer]:
    """The three metrics of a path of Business Applications."""
    workloads = REVENUE_WORKLOADS["B" if edition(on) == "B" else "C"]
    revenue, usage = _revenue_source(reports), _usage_sources(reports)
    least = REVENUE_OF_A_CUSTOMER[track]

    def customers(back: int) -> int:
        units = revenue.units(on, back, REVENUE_TYPES, workloads) if revenue else {}
        return sum(1 for usd in units.values() if usd >= least)

    revenue_lacks = revenue.missing(on) if revenue else ["revenue"]
    usage_lacks = [name for source in usage for name in source.missing(on)] if usage else ["usage"]
    now, ago = _consumption(usage, on, 0), _consumption(usage, on, 12)
    large = MCV_OF_A_DEPLOYMENT[track]
    deployed = sum(1 for usd in now.values() if usd >= large) - sum(1 for usd in ago.values() if usd >= large)
    return {
        "net_customer_adds": counted(unless(revenue_lacks, customers(0) - customers(12)), Fraction(3), 15),
        "usage_growth": _growth(now, ago, track, usage_lacks),
        "deployments": counted(unless(usage_lacks, deployed), Fraction(4), 20),
    }


def _growth(now: Units, ago: Units, track: str, missing: list[str]) -> Answer:
    if missing:
        return Answer(None, missing=tuple(missing))
    base = sum(ago.values(), Fraction(0))
    percent = growth_in_percent(sum(now.values(), Fraction(0)), base)
    enough = percent is not None and base >= MCV_A_YEAR_AGO[track]
    return Answer(limited(percent, 30) if enough and percent is not None else Fraction(0), percent)


def business_inputs(reports: Mapping[str, Report], on: date) -> Inputs:
    """The workload names above the large amount for some tenant, now and a year ago."""
    source = _revenue_source(reports)
    if source is None or source.missing(on):
        return Inputs()
    workloads = REVENUE_WORKLOADS["B" if edition(on) == "B" else "C"]
    names = [
        {unit[1] for unit, usd in source.units(on, back, REVENUE_TYPES, workloads).items() if usd > LARGE_REVENUE}
        for back in (0, 12)
    ]
    return Inputs(large_workloads=len(names[0] & names[1]))
