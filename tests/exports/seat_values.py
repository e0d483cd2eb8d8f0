"""Paid seats and active users by tenant and workload, from the three licence reports and the claims, by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.exports.clean_reports import (
    Entry,
    Report,
    Row,
    amount,
    combined,
    last_day,
    month_of,
    plain,
    tenant_of,
    type_of,
)
from tests.exports.programme import CPOR, SAME_WORKLOAD, Seats

Unit = tuple[str, ...]  # tenant, workload
MOBILITY = {"intune": "Intune", "entra id p1": "AADP", "purview information protection": "Azip"}
TYPE, TENANT = "PartnerAttributionType", "CustomerTenantId"
SEATS, USERS = "PaidAvailableUnits", "MonthlyActiveUsers"
COLUMNS = (SEATS, USERS)


@dataclass(frozen=True)
class Use:
    """Of one tenant's workload; none where no cell says."""

    paid: Fraction | None
    active: Fraction | None

    def is_active(self, percent: int) -> bool:
        """Whether so many of the paid seats are used."""
        if not self.paid or self.active is None:
            return False
        return self.active * 100 >= self.paid * percent


Uses = dict[Unit, Use]


def workload(text: str) -> str:
    """The one name of a workload that has several."""
    return SAME_WORKLOAD.get(plain(text), plain(text))


def higher(some: Uses, others: Uses) -> Uses:
    """Both, and the higher number where a tenant's workload is in both."""

    def most(*values: Fraction | None) -> Fraction | None:
        return max((value for value in values if value is not None), default=None)

    none = Use(None, None)
    pairs = {unit: (some.get(unit, none), others.get(unit, none)) for unit in {*some, *others}}
    return {unit: Use(most(a.paid, b.paid), most(a.active, b.active)) for unit, (a, b) in pairs.items()}


def _uses(paid: list[Entry], active: list[Entry], types: frozenset[str], *, flagged: bool) -> Uses:
    seats = combined(paid, types, flagged=flagged)
    users = combined(active, types, flagged=flagged)
    return {unit: Use(seats.get(unit), users.get(unit)) for unit in {*seats, *users}}


def _of_rows(
    rows: list[Row], types: frozenset[str], *, flagged: bool, columns: tuple[str, str] = COLUMNS, what: str = ""
) -> Uses:
    units = [(tenant_of(row), what or workload(row["WorkloadName"])) for row in rows]
    paid, active = (
        [Entry(unit, type_of(row), amount(row, column)) for unit, row in zip(units, rows, strict=True)]
        for column in columns
    )
    return _uses(paid, active, types, flagged=flagged)


@dataclass(frozen=True)
class Licences:
    """The reports that hold seats."""

    reports: Mapping[str, Report]
    on: date

    def rows(self, name: str, back: int) -> list[Row]:
        """The rows of a report so many months before its own reference month."""
        report = self.reports.get(name)
        ref = report.reference(self.on) if report else None
        if report is None or ref is None:
            return []
        return report.rows_by_month.get(ref - back, [])

    def licensed(self, types: frozenset[str], back: int, *, office: bool = True) -> Uses:
        """What the Office report and the Enterprise Mobility report say under some association types."""
        uses: Uses = {}
        if office and "office" in self.reports:
            flagged = self.reports["office"].flagged
            found = _of_rows(self.rows("office", back), types, flagged=flagged)
            uses = {unit: use for unit, use in found.items() if unit[1] not in ("intune", "entra id p1")}
        paid_skus = [row for row in self.rows("mobility", back) if row.get("FreeVsPaidSKU", "Paid") == "Paid"]
        for name, short in MOBILITY.items():
            columns = (f"{short}PaidAvailableUnits", f"{short}MonthlyActiveUsers")
            uses = higher(uses, _of_rows(paid_skus, types, flagged=False, columns=columns, what=name))
        return uses

    def claimed(self, back: int) -> Uses:
        """What is claimed: the claims report, or the rows marked so in the other two where it lacks the month."""
        if self.holds_claims(back):
            return _of_rows(self.rows("cpor", back), frozenset({CPOR}), flagged=False)
        return self.licensed(frozenset({CPOR}), back)

    def holds_claims(self, back: int) -> bool:
        """Whether the claims report holds that month."""
        report = self.reports.get("cpor")
        ref = report.reference(self.on) if report else None
        return report is not None and ref is not None and ref - back in report.months

    def missing(self, *names: str, columns: Mapping[str, tuple[str, ...]]) -> list[str]:
        """Months and columns that reports lack; a report that is not there lacks nothing unless none is there."""
        there = [self.reports[name] for name in (*names, "cpor") if name in self.reports]
        if not there:
            return list(names)
        lacking: list[str] = []
        others = [report for report in there if report.name != "cpor"]
        for report in there:
            ref = report.reference(self.on)
            if ref is None:
                lacking.append(report.name)
            elif report.name != "cpor":
                lacking += report.missing((ref, ref - 12), TENANT, TYPE, *columns.get(report.name, ()))
            else:  # the other reports stand in, month by month
                lacking += report.missing(() if others else (ref, ref - 12), TENANT, *columns["cpor"])
        return lacking

    def young_claims(self) -> dict[Unit, tuple[Use, Fraction]]:
        """Claims made after the year-ago month, by tenant and workload: seats and users at their first rows."""
        report = self.reports.get("cpor")
        ref = report.reference(self.on) if report else None
        if report is None or ref is None:
            return {}
        claims: dict[tuple[Unit, date], list[Row]] = {}
        for row in report.rows:
            day = row.get("DateAssociated", "")[:10]
            if day and type_of(row) == CPOR and date.fromisoformat(day) > last_day(ref - 12):
                unit: Unit = (tenant_of(row), workload(row["WorkloadName"]))
                claims.setdefault((unit, date.fromisoformat(day)), []).append(row)
        found: dict[Unit, tuple[Use, Fraction]] = {}
        for (unit, _), rows in claims.items():
            start = min(month_of(row) for row in rows)
            first = [row for row in rows if month_of(row) == start]
            use = _of_rows(first, frozenset({CPOR}), flagged=False).get(unit, Use(None, None))
            found[unit] = (use, found[unit][1] + (use.active or 0) if unit in found else use.active or Fraction(0))
        return found


def eligible(uses: Uses, seats: Seats) -> set[str]:
    """Tenants of which one workload has as many paid seats as it takes."""
    return {unit[0] for unit, use in uses.items() if use.paid is not None and use.paid in seats}


def promoted(now: Uses, before: Uses, seats: Seats, above: int) -> set[str]:
    """Tenants above the range now of which a workload was in it twelve months before."""
    return eligible(now, Seats(above + 1)) & eligible(before, seats)
