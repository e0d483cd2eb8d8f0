"""The reports that stand in where those of Business Applications are not there."""

from tests.exports.clean_reports import Row, name_of
from tests.exports.companies import REVENUE, USAGE, Company, Reports

SUBSCRIPTION_TYPES = ("CSP Tier 1", "CSP Tier 2", "Digital Partner of Record", "Partner Admin Link")
PRODUCTS = ("Sales", "Finance", "Business Central", "Power BI", "Customer Service", "Exchange Online")
CATEGORIES = ("Sales", "Finance", "Business Central", "Something else")


def stand_ins(company: Company) -> Reports:
    """Subscription details, Dynamics 365 and Power BI licence usage."""
    return {
        "subscriptions": subscriptions(company),
        "dynamics": dynamics(company),
        "power_bi": power_bi(company),
    }


def subscriptions(company: Company) -> list[Row]:
    """Billed revenue by product; what is of another solution area does not count."""
    rows: list[Row] = []
    for tenant in company.tenants:
        for product in company.random.sample(PRODUCTS, 3):
            area = "Modern Work" if product == "Exchange Online" else "Business Applications"
            kind = company.random.choice(SUBSCRIPTION_TYPES)
            for month in company.months:
                cells = {"CustomerTenantId": tenant, "Product": product, "SolutionArea": area, "Month": name_of(month)}
                cells |= {"PartnerAttributionType": kind, "IsDuplicateRowForPGA": company.random.choice("0001")}
                cells |= {"BilledRevenueUSD": company.random.choice(REVENUE)}
                rows.append(company.row("subscriptions", cells))
    return rows


def dynamics(company: Company) -> list[Row]:
    """Active seats by category."""
    rows: list[Row] = []
    for tenant in company.tenants:
        for category in company.random.sample(CATEGORIES, 2):
            kind = company.random.choice(SUBSCRIPTION_TYPES)
            for month in company.months:
                users = company.random.choice(USAGE[category])
                cells = {"CustomerTenantId": tenant, "RevSumCategoryName": category, "Month": name_of(month)}
                cells |= {"PartnerAttachType": kind, "FreeVsPaidSKU": "Paid", "ActiveSeats": str(users)}
                rows.append(company.row("dynamics", cells))
    return rows


def power_bi(company: Company) -> list[Row]:
    """Active seats of Power BI, which count under the partner admin link."""
    rows: list[Row] = []
    for tenant in company.tenants:
        kind = company.random.choice(("Partner Admin Link", "Partner Admin Link", "CSP Tier 1"))
        for month in company.months:
            users = company.random.choice(USAGE["Power BI"])
            cells = {"CustomerTenantId": tenant, "Month": name_of(month), "PartnerAttachType": kind}
            cells |= {"FreeVsPaidSKU": "Paid", "ActiveSeats": str(users)}
            rows.append(company.row("power_bi", cells))
    return rows
