"""The reports across all products: Customers and revenue, Subscription details."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.sample_exports.azure_usage import AzureUse
from bot.sample_exports.business import BusinessUse
from bot.sample_exports.company import Company, Tenant
from bot.sample_exports.partner import COUNTRY, CPOR, GLOBAL_ID, LOCATION, LOCATION_ID, NAME, OWN_USE, sales_channel
from bot.sample_exports.rows import MILLION, Row, day_text, usd
from bot.sample_exports.seats import SeatUse

_SEAT_USD = 12  # a seat of Microsoft 365 a month


@dataclass(frozen=True)
class _Line:
    """What a customer has of one product in one month, under one association type. Money in millionths of a USD."""

    tenant: Tenant
    started: str
    month: int
    product: str
    area: str
    subscription: str
    association: str
    duplicate: str
    seats: str = ""
    billed: int = 0
    azure: int | None = None
    claimed: tuple[int, int, int] | None = None  # revenue, paid seats, active users of a CPOR claim


@dataclass(frozen=True)
class Products:
    """Everything that the customers use."""

    azure: tuple[AzureUse, ...]
    seats: tuple[SeatUse, ...]
    business: tuple[BusinessUse, ...]


def customer_rows(company: Company, products: Products) -> Iterator[Row]:
    """Customers and revenue: a row per product of a customer's month."""
    for line in _lines(company, products):
        tenant = line.tenant
        yield {
            **_names(tenant),
            "CustomerStatus": "Active",
            "CustomerTenantName": tenant.name,
            "CustomerTenantCountry": tenant.market,
            "TenantDomainName": tenant.domain,
            "Product": line.product,
            "RawProductName": line.product,
            "SKU": line.product,
            "Month": day_text(line.month),
            "MPNId": LOCATION_ID,
            **_sold(line),
            "IsDuplicateRowForPGA": line.duplicate,
            **_amounts(line),
        }


def subscription_rows(company: Company, products: Products) -> Iterator[Row]:
    """Subscription details: a row per subscription's month."""
    for line in _lines(company, products):
        names = _names(line.tenant)
        yield {
            "PGAMpnID": names.pop("PGAMpnID"),
            "SubscriptionId": line.subscription,
            "SubscriptionStartDate": line.started,
            "SubscriptionEndDate": "",
            "SubscriptionState": "Active",
            "Month": day_text(line.month),
            "IsAutoRenew": "1",
            **names,
            "ReportingProductName": line.product,
            "Product": line.product,
            "RawProductName": line.product,
            "ProductPartNumber": "",
            "SKU": line.product,
            "RevSumDivisionName": line.area,
            "SolutionArea": line.area,
            "MPNID": LOCATION_ID,
            **_sold(line),
            "PricingLevel": "",
            "EnrollmentNumber": "",
            "IsDuplicateRowForPGA": line.duplicate,
            "SubscriptionStartMonth": line.started,
            "ResellerID": "",
            "ResellerName": "",
            "AvailableSeatsEOP": line.seats,
            **_amounts(line),
        }


def _names(tenant: Tenant) -> dict[str, str]:
    return {
        "PGAMpnID": GLOBAL_ID,
        "CustomerName": tenant.name,
        "CustomerTenantId": tenant.guid,
        "CustomerTpid": tenant.tpid,
        "DUNSNumber": "",
        "CustomerSegment": tenant.segment,
        "TopSegment": "SMC" if tenant.is_smb else "Enterprise",
        "CustomerMarket": tenant.market,
    }


def _sold(line: _Line) -> Row:
    return {
        "PartnerName": NAME,
        "PartnerLocation": f"{LOCATION}, {COUNTRY}",
        "PartnerAttributionType": line.association,
        "SalesChannel": sales_channel(line.association),
        "IndustryName": line.tenant.industry,
        "VerticalName": line.tenant.vertical,
        "EOU": "",
    }


def _amounts(line: _Line) -> Row:
    revenue, seats, users = ("", "", "") if line.claimed is None else line.claimed
    return {
        "AvailableSeats": line.seats,
        "BilledRevenueUSD": usd(line.billed, 2),
        "AzureConsumedRevenueUSD": "" if line.azure is None else usd(line.azure),
        "CPORRevenue": usd(revenue, 2) if isinstance(revenue, int) else "",
        "CPORPaidSeats": str(seats),
        "CPORActiveUsers": str(users),
    }


def _lines(company: Company, products: Products) -> Iterator[_Line]:
    yield from _azure_lines(company, products.azure)
    yield from _seat_lines(company, products.seats)
    yield from _business_lines(company, products.business)


def _azure_lines(company: Company, uses: tuple[AzureUse, ...]) -> Iterator[_Line]:
    for use in uses:
        for month in filter(use.course.is_held, company.months):
            total = use.total(month)
            billed = 0 if use.association == OWN_USE else total
            for association, duplicate in use.associations():
                yield _Line(
                    use.tenant,
                    use.course.started,
                    month,
                    "Azure",
                    "Azure",
                    use.subscription,
                    association,
                    duplicate,
                    billed=billed,
                    azure=total,
                )


def _seat_lines(company: Company, uses: tuple[SeatUse, ...]) -> Iterator[_Line]:
    for use in uses:
        first = use.workloads[0]
        for month in filter(use.course.is_held, company.months):
            seats = use.seats(first, month)
            billed = seats * _SEAT_USD * MILLION
            claimed = (billed, seats, use.users(first, month)) if use.association == CPOR else None
            for association, duplicate in use.associations():
                yield _Line(
                    use.tenant,
                    use.course.started,
                    month,
                    "Microsoft 365",
                    "Modern Work",
                    use.subscription,
                    association,
                    duplicate,
                    str(seats),
                    billed,
                    claimed=claimed,
                )


def _business_lines(company: Company, uses: tuple[BusinessUse, ...]) -> Iterator[_Line]:
    for use in uses:
        for month in filter(use.course.is_held, company.months):
            for association, duplicate in use.sold_under_all():
                yield _Line(
                    use.tenant,
                    use.course.started,
                    month,
                    use.workload.sold_as,
                    "Business Applications",
                    use.subscription,
                    association,
                    duplicate,
                    str(use.users_in(month)),
                    use.revenue_in(month),
                )
