"""The reports on Business Applications: revenue, usage, Dynamics 365 license usage, Power BI license usage."""

from collections.abc import Iterable, Iterator

from bot.sample_exports.business import DYNAMICS, BusinessUse
from bot.sample_exports.company import Company
from bot.sample_exports.partner import COUNTRY, GLOBAL_ID, LOCATION, LOCATION_ID, NAME
from bot.sample_exports.rows import Row, day_text, usd

_SEATS_PER_USER = 4, 3  # four seats for three active users


def revenue_rows(company: Company, uses: Iterable[BusinessUse]) -> Iterator[Row]:
    """Business applications revenue: a row per workload of a customer's month and association type."""
    for use in uses:
        for month in filter(use.course.is_held, company.months):
            for association, _ in use.sold_under_all():
                yield {
                    **_customer(use, month, association, subscription_column="SubscriptionId"),
                    "Country": use.tenant.market,
                    "WorkloadCategory": use.workload.family,
                    "Workloads": use.workload.sold_as,
                    "AdjustedRevenueAmtCD": usd(use.revenue_in(month), 2),
                }


def usage_rows(company: Company, uses: Iterable[BusinessUse]) -> Iterator[Row]:
    """Business applications usage: a row per workload of a customer's month."""
    for use in uses:
        for month in filter(use.course.is_held, company.months):
            yield {
                **_customer(use, month, use.used_under, subscription_column="SubscriptionID"),
                "MetricType": "Paid",
                "WorkloadCategory": use.workload.family,
                "Workload": use.workload.used_as,
                "SkuGroup": use.workload.sold_as,
                "PAMAU": "",
                "MAC": "",
                "MAU": str(use.users_in(month)),
            }


def dynamics_rows(company: Company, uses: Iterable[BusinessUse]) -> Iterator[Row]:
    """Dynamics 365 license usage: a row per workload of a customer's month."""
    for use in uses:
        if use.workload.family != DYNAMICS:
            continue
        for month in filter(use.course.is_held, company.months_of_licences):
            category = {"RevSumDivisionName": DYNAMICS, "RevSumCategoryName": use.workload.used_as}
            yield {**_subscription(use, month), **category, **_licence(use, use.used_under), **_seats(use, month)}


def power_bi_rows(company: Company, uses: Iterable[BusinessUse]) -> Iterator[Row]:
    """Power BI license usage: a row per customer's month."""
    for use in uses:
        if use.workload.used_as != "Power BI":
            continue
        for month in filter(use.course.is_held, company.months_of_licences):
            hierarchy = {"PartnerHierarchy": "Location"}
            yield {**_subscription(use, month), **_licence(use, use.used_under), **hierarchy, **_seats(use, month)}


def _customer(use: BusinessUse, month: int, association: str, *, subscription_column: str) -> Row:
    return {
        "FiscalMonthName": day_text(month),
        "GlobalPartnerID": GLOBAL_ID,
        "PartnerName": NAME,
        "PartnerAssociationType": association,
        "CustomerID": use.tenant.tpid,
        "CustomerName": use.tenant.name,
        "CustomerTenantID": use.tenant.guid,
        "CustomerTenantName": use.tenant.name,
        subscription_column: use.subscription,
        "SubscriptionStartDate": use.course.started,
    }


def _subscription(use: BusinessUse, month: int) -> Row:
    return {
        "PGAMpnID": GLOBAL_ID,
        "SubscriptionId": use.subscription,
        "SubscriptionStartDate": use.course.started,
        "SubscriptionEndDate": "",
        "SubscriptionStatus": "Active",
        "Month": day_text(month),
    }


def _licence(use: BusinessUse, association: str) -> Row:
    tenant = use.tenant
    return {
        "SKU": use.workload.sold_as,
        "SKUId": f"SAMPLE-{use.workload.sold_as.upper().replace(' ', '-')}",
        "FreeVsPaidSKU": "Paid",
        "SalesModel": "Direct",
        "DetailedSalesModel": "Direct",
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
        "PartnerAttachType": association,
    }


def _seats(use: BusinessUse, month: int) -> Row:
    active = use.users_in(month)
    more, fewer = _SEATS_PER_USER
    seats = active * more // fewer
    return {
        "AvailableSeats": str(seats),
        "AssignedSeats": str((seats + active) // 2),
        "ActiveSeats": str(active),
        "DeploymentOpportunity": str(seats - active),
        "ActiveUsagePercent": str(active * 100 // seats) if seats else "",
    }
