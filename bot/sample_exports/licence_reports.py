"""The reports on Microsoft 365 seats: Office 365 license usage, CPOR-M365 usage, Enterprise Mobility license usage."""

from collections.abc import Iterable, Iterator

from bot.sample_exports.company import Company
from bot.sample_exports.partner import COUNTRY, CPOR, GLOBAL_ID, LOCATION, LOCATION_ID, NAME, SHORT, sales_channel
from bot.sample_exports.rows import Row, day_text
from bot.sample_exports.seats import MOBILITY, OFFICE, SeatUse, Workload

_CLAIM_DAY = 15
_FREE_SKU_EVERY = 9  # customers that also have a trial, which is not paid


def office_rows(company: Company, uses: Iterable[SeatUse]) -> Iterator[Row]:
    """Office 365 license usage: a row per workload of a customer's month."""
    for use, month, workload in _workloads(company, uses):
        if workload.name not in OFFICE:
            continue
        for association, duplicate in use.associations():
            yield {
                "PGAPartnerID": GLOBAL_ID,
                "CustomerTenantId": use.tenant.guid,
                "CustomerTpid": use.tenant.tpid,
                "WorkloadName": workload.name,
                "Month": day_text(month),
                "PaidAvailableUnits": str(use.seats(workload, month)),
                "MonthlyActiveUsers": str(use.users(workload, month)),
                "CustomerName": use.tenant.name,
                "CustomerMarket": use.tenant.market,
                "CustomerSegment": use.tenant.segment,
                "IndustryName": use.tenant.industry,
                "VerticalName": use.tenant.vertical,
                "EOU": "",
                "PartnerID": LOCATION_ID,
                "PartnerName": NAME,
                "PartnerLocation": f"{LOCATION}, {COUNTRY}",
                "PartnerAttributionType": association,
                "IsDuplicateRowForPGA": duplicate,
            }


def cpor_rows(company: Company, uses: Iterable[SeatUse]) -> Iterator[Row]:
    """CPOR-M365 usage: a row per claimed workload of a month, from the month of the claim."""
    for use, month, workload in _workloads(company, uses):
        if use.association != CPOR or month < use.claimed_in:
            continue
        yield {
            "CustomerTenantId": use.tenant.guid,
            "CustomerName": use.tenant.name,
            "WorkloadName": workload.name,
            "MonthlyActiveUsers": str(use.users(workload, month)),
            "PaidAvailableUnits": str(use.seats(workload, month)),
            "ClaimId": use.claim,
            "MpnId": LOCATION_ID,
            "DateAssociated": day_text(use.claimed_in, _CLAIM_DAY),
            "PartnerAttributionType": SHORT[CPOR],
            "Date": day_text(month),
        }


def mobility_rows(company: Company, uses: Iterable[SeatUse]) -> Iterator[Row]:
    """Enterprise Mobility license usage: a row per customer's month, and trials beside it."""
    for use in uses:
        workloads = {one.name: one for one in use.workloads if one.name in MOBILITY}
        if not workloads:
            continue
        for month in filter(use.course.is_held, company.months_of_licences):
            yield _mobility_row(use, month, workloads, is_paid=True)
            if use.tenant.number % _FREE_SKU_EVERY == 0:
                yield _mobility_row(use, month, workloads, is_paid=False)


def _workloads(company: Company, uses: Iterable[SeatUse]) -> Iterator[tuple[SeatUse, int, Workload]]:
    for use in uses:
        for month in filter(use.course.is_held, company.months_of_licences):
            for workload in use.workloads:
                yield use, month, workload


def _mobility_row(use: SeatUse, month: int, workloads: dict[str, Workload], *, is_paid: bool) -> Row:
    tenant = use.tenant
    part = 1 if is_paid else 10  # a trial has a tenth of the seats
    seats = {name: use.seats(one, month) // part for name, one in workloads.items()}
    users = {name: use.users(one, month) // part for name, one in workloads.items()}
    intune, entra, protection = MOBILITY
    return {
        "PGAMpnID": GLOBAL_ID,
        "SubscriptionId": use.subscription,
        "SubscriptionStartDate": use.course.started,
        "SubscriptionEndDate": "",
        "SubscriptionStatus": "Active",
        "Month": day_text(month),
        "SKU": "Enterprise Mobility + Security E3" if is_paid else "Enterprise Mobility + Security E3 Trial",
        "SKUId": "SAMPLE-EMS-E3" if is_paid else "SAMPLE-EMS-E3-TRIAL",
        "FreeVsPaidSKU": "Paid" if is_paid else "Free",
        "SalesModel": sales_channel(use.association),
        "DetailedSalesModel": sales_channel(use.association),
        "CustomerName": tenant.name,
        "CustomerTenantId": tenant.guid,
        "CustomerTpid": tenant.tpid,
        "CustomerSegment": tenant.segment,
        "CustomerMarket": tenant.market,
        "IndustryName": tenant.industry,
        "VerticalName": tenant.vertical,
        "EOU": "",
        "MPNID": LOCATION_ID,
        "PartnerName": NAME,
        "PartnerLocation": f"{LOCATION}, {COUNTRY}",
        "PartnerAttributionType": use.association,
        "PartnerHierarchy": "Location",
        "PaidAvailableUnits": str(max(seats.values())),
        "MonthlyActiveUsers": str(max(users.values())),
        "AATPActiveUsage": "",
        "MCASActiveUsage": "",
        "AADPPaidAvailableUnits": _cell(seats, entra),
        "IntunePaidAvailableUnits": _cell(seats, intune),
        "AzipPaidAvailableUnits": _cell(seats, protection),
        "AADPMonthlyActiveUsers": _cell(users, entra),
        "IntuneMonthlyActiveUsers": _cell(users, intune),
        "AzipMonthlyActiveUsers": _cell(users, protection),
        "MDM": "",
        "MAM": "",
        "SSPR": "",
    }


def _cell(amounts: dict[str, int], name: str) -> str:
    return str(amounts[name]) if name in amounts else ""
