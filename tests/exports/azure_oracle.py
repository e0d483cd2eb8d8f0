"""Azure usage by hand: the metrics of the three Azure areas, and the Azure side of Security."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from tests.exports.answers import Answer, Inputs, Measured, counted, growth_in_percent, limited, unless
from tests.exports.clean_reports import Entry, Report, amount, combined, month_of, plain, tenant_of, type_of
from tests.exports.programme import (
    AZURE_MONTHLY_ACR,
    AZURE_TYPES,
    CSP,
    PAL,
    SECURITY_AZURE_ADDS,
    SECURITY_SERVICES,
    VIRTUAL_MACHINES,
    edition,
)

TYPE, TENANT, SERVICE = "PartnerAttributionType", "CustomerTenantId", "ServiceLevel2"
TWELVE_THOUSAND = 12_000


@dataclass(frozen=True)
class Consumption:
    """Azure consumed revenue by tenant, service and month, of the association types that count."""

    acr: dict[tuple[str, str, int], Fraction]

    def of_month(self, tenant: str, month: int) -> Fraction:
        """All services of a tenant in a month."""
        return self._by_month.get((tenant, month), Fraction(0))

    @cached_property
    def _by_month(self) -> dict[tuple[str, int], Fraction]:
        sums: dict[tuple[str, int], Fraction] = {}
        for (who, _, when), usd in self.acr.items():
            sums[who, when] = sums.get((who, when), Fraction(0)) + usd
        return sums

    def total(self, month: int) -> Fraction:
        """All tenants of a month."""
        return sum((usd for (_, _, when), usd in self.acr.items() if when == month), Fraction(0))

    def twelve_months(self, last: int) -> dict[str, Fraction]:
        """Each tenant's sum over the twelve months that end in one."""
        sums: dict[str, Fraction] = {}
        for (who, _, when), usd in self.acr.items():
            if last - 12 < when <= last:
                sums[who] = sums.get(who, Fraction(0)) + usd
        return sums

    @property
    def tenants(self) -> set[str]:
        """Everybody."""
        return {who for who, _, _ in self.acr}


def consumption(report: Report, types: frozenset[str], services: set[str] | None = None) -> Consumption:
    """What counts of the Azure usage report."""
    entries = [
        Entry((tenant_of(row), plain(row.get(SERVICE, "")), str(month_of(row))), type_of(row), amount(row, "ACR_USD"))
        for row in report.counted()
        if services is None or _without_maker(row.get(SERVICE, "")) in services
    ]
    found = combined(entries, types, flagged=report.flagged)
    return Consumption({(who, what, int(when)): usd for (who, what, when), usd in found.items()})


def _without_maker(service: str) -> str:
    return plain(service).removeprefix("microsoft ").removeprefix("azure ")


def azure_answers(report: Report | None, on: date, track: str) -> dict[str, Answer]:
    """Net customer adds, usage growth and deployments, the same in the three Azure areas."""
    ref = report.reference(on) if report else None
    if report is None or ref is None:
        nothing = Answer(None, missing=("azure",))
        return dict.fromkeys(("net_customer_adds", "usage_growth", "deployments"), nothing)
    used = consumption(report, AZURE_TYPES)
    least = AZURE_MONTHLY_ACR[track]
    adds = _customers(used, ref, least) - _customers(used, ref - 12, least)
    adds_lack = report.missing((ref, ref - 1, ref - 12, ref - 13), TYPE, TENANT)
    services_lack = report.missing(range(ref - 11, ref + 1), TYPE, SERVICE)
    return {
        "net_customer_adds": counted(unless(adds_lack, adds), Fraction(10), 30),
        "usage_growth": _growth(used, ref, report.missing((ref, ref - 12), TYPE)),
        "deployments": counted(unless(services_lack, len(_deployed(used, ref))), Fraction(2), 10),
    }


def _customers(used: Consumption, month: int, least: int) -> int:
    return sum(1 for who in used.tenants if any(used.of_month(who, at) >= least for at in (month, month - 1)))


def _growth(used: Consumption, ref: int, missing: list[str]) -> Answer:
    if missing:
        return Answer(None, missing=tuple(missing))
    now = used.total(ref)
    percent = growth_in_percent(now, used.total(ref - 12))
    if percent is None or now < 1000:
        return Answer(Fraction(0), percent)
    return Answer(limited(percent, 20), percent)


def _deployed(used: Consumption, ref: int) -> set[str]:
    sums: dict[str, Fraction] = {}
    for (_, service, when), usd in used.acr.items():
        if ref - 12 < when <= ref and service not in VIRTUAL_MACHINES:
            sums[service] = sums.get(service, Fraction(0)) + usd
    return {service for service, usd in sums.items() if usd > 0}


def azure_inputs(report: Report | None, on: date) -> Inputs:
    """The customers of the reference month, how many of them are SMB, and the revenue of twelve months."""
    ref = report.reference(on) if report else None
    if report is None or ref is None or report.missing((), TYPE):
        return Inputs()
    used = consumption(report, AZURE_TYPES)
    customers = {who for who in used.tenants if used.of_month(who, ref) > 0}
    smb = {
        tenant_of(row)
        for row in report.rows
        if month_of(row) == ref and plain(row.get("CustomerSegment", "")).startswith(("small", "smc"))
    }
    whole_year = not report.missing(range(ref - 11, ref + 1))
    trailing = sum((used.total(month) for month in range(ref - 11, ref + 1)), Fraction(0)) if whole_year else None
    if report.missing((), TENANT):
        return Inputs(trailing_12_month_acr=trailing)
    known = not report.missing((), "CustomerSegment")
    return Inputs(len(customers & smb) if known else None, len(customers), trailing)


def azure_side_of_security(report: Report | None, on: date, track: str) -> dict[str, Measured]:
    """The Azure side of the three metrics of Security."""
    ref = report.reference(on) if report else None
    if report is None or ref is None:
        return dict.fromkeys(("net_customer_adds", "usage_growth", "deployments"), Measured(None, ("azure",)))
    single = edition(on) == "B"
    types = frozenset({PAL}) if single else frozenset({PAL}) | CSP
    used = consumption(report, types, SECURITY_SERVICES["B" if single else "C"])
    two_years = report.missing(range(ref - 23, ref + 1), TYPE, TENANT, SERVICE)
    growth_lacks = report.missing((ref, ref - 12), TYPE, SERVICE) if single else two_years
    adds = _adders(used, ref, track) - _adders(used, ref - 12, track)
    growth = _tested_acr(report, used, ref, track) - _tested_acr(report, used, ref - 12, track)
    deployed = len(_deployers(report, used, ref, track)) - len(_deployers(report, used, ref - 12, track))
    return {
        "net_customer_adds": unless(two_years, adds),
        "usage_growth": unless(growth_lacks, growth),
        "deployments": unless(two_years, deployed),
    }


def _adders(used: Consumption, month: int, track: str) -> int:
    return sum(1 for usd in used.twelve_months(month).values() if usd >= SECURITY_AZURE_ADDS[track])


def _tested_acr(report: Report, used: Consumption, month: int, track: str) -> Fraction:
    if track == "single":
        return used.total(month)
    year = used.twelve_months(month)
    if track == "enterprise":
        passed = {who for who, usd in year.items() if usd > TWELVE_THOUSAND}
    else:
        passed = {who for who, usd in year.items() if 0 < usd <= TWELVE_THOUSAND}
        passed |= _promoted(report, used, month)
    return sum((used.of_month(who, month) for who in passed), Fraction(0))


def _deployers(report: Report, used: Consumption, month: int, track: str) -> set[str]:
    year = used.twelve_months(month)
    if track == "single":
        return {who for who, usd in year.items() if usd >= TWELVE_THOUSAND}
    if track == "enterprise":
        return {who for who, usd in year.items() if usd > TWELVE_THOUSAND}
    small = {who for who, usd in year.items() if 750 <= usd <= TWELVE_THOUSAND}
    return small | _promoted(report, used, month)


def _promoted(report: Report, used: Consumption, month: int) -> set[str]:
    """Above USD 12,000 now, a customer of up to 12,000 the twelve months before; unknown where those are not held."""
    if report.missing(range(month - 23, month - 11)):
        return set()
    before = used.twelve_months(month - 12)
    now = used.twelve_months(month)
    return {who for who, usd in now.items() if usd > TWELVE_THOUSAND and 0 < before.get(who, 0) <= TWELVE_THOUSAND}
