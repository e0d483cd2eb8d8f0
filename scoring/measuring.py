"""Measures one rule on a company's usage reports: the amounts of its figure, and the units behind them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from scoring.azure_measures import AzureMeasures
from scoring.business_measures import BusinessMeasures
from scoring.facts import WHOLE, Amount
from scoring.measure_rules import (
    ActiveUsers,
    AzureAmount,
    ConsumptionValue,
    Measure,
    PairsByRevenue,
    PartMeasure,
    Parts,
    Report,
    ServicesInUse,
    TenantsByAmount,
    TenantsBySeats,
)
from scoring.seat_measures import SeatMeasures
from scoring.seat_values import CLAIMS
from scoring.tested import Tested
from scoring.usage_reports import Lacking, LackingError, UsageReports, together
from scoring.usage_table import UsageTable


@dataclass(frozen=True, eq=False)
class PartMeasured:
    """One side or association type: what was tested now and a year ago. `year_ago` is None where nothing is subtracted.

    `adds_up` tells a sum of amounts from a number of units.
    """

    now: Tested
    year_ago: Tested | None
    adds_up: bool

    @property
    def amount(self) -> Amount:
        """The figure: counts or sums of now and of a year ago."""
        now, before = (None if one is None else self._value(one) for one in (self.now, self.year_ago))
        return Amount(count=now) if before is None else Amount(now=now, year_ago=before)

    def _value(self, tested: Tested) -> Fraction:
        return tested.amount if self.adds_up else tested.count


@dataclass(frozen=True, eq=False)
class Measurement:
    """One rule measured. `limits` name what the reports could not tell; `months` is the reference month by report."""

    parts: Mapping[str, PartMeasured]
    over_year: Amount | None
    limits: tuple[str, ...]
    months: Mapping[Report, int]


class Measuring:
    """The usage reports of a company, ready to be measured; what several rules need is worked out once."""

    def __init__(self, reports: UsageReports) -> None:
        self.reports = reports
        self.azure = AzureMeasures(reports)
        self.seats = SeatMeasures(reports)
        self.business = BusinessMeasures(reports)

    def measure(self, measure: Measure, asked: int) -> Measurement:
        """One rule, for a day in the month asked (see `usage.month_number`).

        Raises: LackingError when a report, a month or a column that it needs is not there.
        """
        settings = measure.parts if isinstance(measure, Parts) else {WHOLE: measure}
        parts = self._parts(settings, asked, each_alone=isinstance(measure, Parts) and measure.each_alone)
        tables = {seen.table.report: seen.table for part in parts.values() for seen in part.now.seen}
        months = {report: table.reference_month(asked) for report, table in tables.items()}
        return Measurement(
            parts=parts,
            over_year=self._over_year(measure, asked),
            limits=tuple(dict.fromkeys((*measure.limits, *self._limits(settings, tables)))),
            months={report: month for report, month in months.items() if month is not None},
        )

    def _parts(self, settings: Mapping[str, PartMeasure], asked: int, *, each_alone: bool) -> dict[str, PartMeasured]:
        parts: dict[str, PartMeasured] = {}
        lacking: list[Lacking] = []
        for name, setting in settings.items():
            try:
                parts[name] = self._part(setting, asked)
            except LackingError as error:
                lacking.append(error.lacking)
        if lacking and not (each_alone and parts):
            raise LackingError(together(lacking))
        return parts

    def _part(self, setting: PartMeasure, asked: int) -> PartMeasured:
        if isinstance(setting, ServicesInUse):
            return PartMeasured(self.azure.services(setting, asked), None, adds_up=False)
        adds_up = isinstance(setting, AzureAmount | ActiveUsers) or (
            isinstance(setting, ConsumptionValue) and setting.test is None
        )
        tested: list[Tested] = []
        lacking: list[Lacking] = []
        for years_back in (0, 1):
            try:
                tested.append(self.tested(setting, asked, years_back))
            except LackingError as error:
                lacking.append(error.lacking)
        if lacking:  # all months that are missing at once, so that nobody is sent to fetch them one by one
            raise LackingError(together(lacking))
        return PartMeasured(tested[0], tested[1], adds_up)

    def tested(self, setting: PartMeasure, asked: int, years_back: int) -> Tested:
        """What a measure finds in the reference month, or the same month years before. Raises: LackingError."""
        match setting:
            case TenantsByAmount():
                return self.azure.tenants(setting, asked, years_back)
            case AzureAmount():
                return self.azure.amount(setting, asked, years_back)
            case TenantsBySeats():
                return self.seats.tenants(setting, asked, years_back)
            case ActiveUsers():
                return self.seats.active_users(setting, asked, years_back)
            case PairsByRevenue():
                return self.business.revenue(setting, asked, years_back)
            case ConsumptionValue():
                return self.business.consumption(setting, asked, years_back)
        return self.azure.services(setting, asked)

    def _over_year(self, measure: Measure, asked: int) -> Amount | None:
        """The other reading of a growth of ACR: twelve months against the twelve before."""
        if not isinstance(measure, AzureAmount):
            return None
        now, before = (self.azure.over_year(measure, asked, years_back) for years_back in (0, 1))
        return None if now is None or before is None else Amount(now=now, year_ago=before)

    def _limits(self, settings: Mapping[str, PartMeasure], tables: Mapping[Report, UsageTable]) -> Iterator[str]:
        """What is told less well than it could be, by the reports and columns that there are."""
        if any(report != CLAIMS and not table.marks_duplicates for report, table in tables.items()):
            yield "no_duplicate_column"
        asked = {
            one
            for part in settings.values()
            if isinstance(part, TenantsBySeats | ActiveUsers)
            for one in part.seats.reports
        }
        claims = self.reports.get(CLAIMS)
        if CLAIMS in asked and claims is None:
            yield "cpor_report_missing"
        licences = [report for report in asked if report != CLAIMS]
        if licences and not any(map(self.reports.get, licences)):
            yield "licence_report_missing"
        else:
            yield from (f"{report}_missing" for report in sorted(licences) if self.reports.get(report) is None)
        if CLAIMS in asked and claims is not None and "associated" not in claims.fields:
            yield "claim_dates_missing"
        if "subscription_details" in tables:
            yield "subscription_revenue"
        if "dynamics_usage" in tables or "power_bi_usage" in tables:
            yield "licence_usage"
