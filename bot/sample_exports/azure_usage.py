"""Azure: which customers use which services for how much, and the Azure usage report."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle

from bot.sample_exports.company import Company, Course, Tenant, guid, invent_courses, pick
from bot.sample_exports.partner import (
    COUNTRY,
    CSP_1,
    CSP_2,
    DPOR,
    GLOBAL_ID,
    LOCATION,
    LOCATION_ID,
    NAME,
    OWN_USE,
    PAL,
    TPOR,
    sales_channel,
)
from bot.sample_exports.rows import MILLION, Row, day_text, usd


@dataclass(frozen=True)
class Service:
    """A service on level 2; `weight` is its part of a customer's amount."""

    group: str
    name: str
    tier: str
    weight: int
    unit: str = "1 Hour"


# Every customer uses some of the first, and some of those that count for Security.
_SERVICES = (
    Service("Compute", "Virtual Machines", "D Series", 22),
    Service("Compute", "Virtual Machines", "E Series", 10),
    Service("Compute", "Virtual Machines Licenses", "Windows Server", 6),
    Service("Storage", "Storage", "Block Blob", 9, "1 GB/Month"),
    Service("Storage", "Storage", "Managed Disks", 7, "1/Month"),
    Service("Databases", "SQL Database", "General Purpose", 11),
    Service("Databases", "Azure Cosmos DB", "Request Units", 4, "100 RU/s"),
    Service("Compute", "Azure App Service", "Premium", 8),
    Service("Containers", "Azure Kubernetes Service", "Standard", 7),
    Service("Networking", "Bandwidth", "Inter-Region", 2, "1 GB"),
    Service("Monitoring", "Log Analytics", "Pay-as-you-go", 3, "1 GB"),
)
_SECURITY_SERVICES = (
    Service("Security", "Key Vault", "Standard", 1, "10K"),
    Service("Security", "Sentinel", "Analysis", 9, "1 GB"),
    Service("Networking", "Firewall", "Standard", 7),
    Service("Networking", "Application Gateway", "Standard v2", 4),
    Service("Security", "Defender for Cloud", "Servers", 6, "1/Month"),
    Service("Networking", "Bastion", "Basic", 2),
    Service("Networking", "Front Door", "Premium", 3),
    Service("Networking", "DDoS Protection", "Standard", 8, "1/Month"),
    Service("Governance", "Purview", "Data Map", 3),
)
_ASSOCIATIONS = (PAL, CSP_1, PAL, DPOR, CSP_2, PAL, CSP_1, PAL, CSP_2, TPOR)
_SECOND_ASSOCIATION = {PAL: DPOR, DPOR: PAL, CSP_1: PAL, CSP_2: TPOR}
# Customers exactly at a threshold of some rule, or a cent under it: amounts in US dollars a month.
_STORAGE, _DATABASE, _MACHINES = _SERVICES[3], _SERVICES[5], _SERVICES[0]
_KEY_VAULT, _SENTINEL = _SECURITY_SERVICES[:2]
_AT_THRESHOLDS = (
    ((_STORAGE, 600_00), (_DATABASE, 400_00)),
    ((_STORAGE, 599_99), (_DATABASE, 400_00)),
    ((_STORAGE, 450_00), (_KEY_VAULT, 50_00)),  # 500 a month; of Security 600 in twelve months
    ((_STORAGE, 449_99), (_KEY_VAULT, 49_99)),
    ((_STORAGE, 300_00), (_KEY_VAULT, 62_50)),  # of Security 750 in twelve months
    ((_MACHINES, 2_000_00), (_SENTINEL, 1_000_00)),  # of Security 12,000 in twelve months
)
_MONTHLY_USD = {"smb": ((300, 800), (1_600, 4_000)), "enterprise": ((5_000, 15_000),)}
_CHANGE_AT_MOST = 3  # percent from month to month, beside the course
_DUPLICATE_EVERY = 6  # customers
_REFUND_EVERY = 29  # months of customers
_ROLES = ("Owner", "Contributor", "Support Request Contributor")


@dataclass(frozen=True)
class AzureUse:
    """What one customer uses. `services`: amount in millionths of a US dollar in the newest month."""

    tenant: Tenant
    course: Course
    association: str
    second_association: str | None
    subscription: str
    services: tuple[tuple[Service, int], ...]
    changes: tuple[float, ...]

    def amounts(self, month: int) -> list[tuple[Service, int]]:
        """The rows of a month: services with amounts, now and then a refund; nothing when Azure is not used."""
        if not self.course.is_held(month):
            return []
        level = self.course.level(month) * self.changes[month % len(self.changes)]
        found = [(service, round(amount * level)) for service, amount in self.services]
        if len(self.changes) > 1 and (month + self.tenant.number) % _REFUND_EVERY == 0:
            found.append((found[0][0], -found[0][1] // 25))
        return found

    def total(self, month: int) -> int:
        """Azure consumed revenue of a month in millionths of a US dollar."""
        return sum(amount for _, amount in self.amounts(month))

    def associations(self) -> Iterator[tuple[str, str]]:
        """The association types under which rows stand, with the flag of the duplicate."""
        yield self.association, "0"
        if self.second_association:
            yield self.second_association, "1"

    def rows(self, months: Iterable[int]) -> int:
        """How many rows the months have."""
        return sum(len(self.amounts(month)) for month in months) * len(list(self.associations()))


def invent_azure(company: Company) -> list[AzureUse]:
    """Who uses Azure. The first customers come and leave, the last stay exactly at a threshold."""
    chance = company.chance("azure")
    tenants = pick(chance, company.tenants, 80)
    courses = invent_courses(chance, len(tenants), company.newest, net=1)
    found = [
        _invent(chance, tenant, course, association, is_moving=place < len(tenants) // 2, place=place)
        for place, (tenant, course, association) in enumerate(zip(tenants, courses, cycle(_ASSOCIATIONS), strict=False))
    ]
    at_thresholds = _AT_THRESHOLDS if len(found) >= 4 * len(_AT_THRESHOLDS) else ()
    kept = found[: len(found) - len(at_thresholds)]
    return [*kept, *map(_at_threshold, found[len(kept) :], at_thresholds)]


def azure_rows(company: Company, uses: Iterable[AzureUse]) -> Iterator[Row]:
    """The Azure usage report: a row per service of a customer's month, and one more where it has two associations."""
    months = [(month, day_text(month)) for month in company.months]
    for use in uses:
        associations = tuple(use.associations())
        for month, name in months:
            for service, amount in use.amounts(month):
                for association, duplicate in associations:
                    yield _row(use, service, name, usd(amount), association, duplicate)


def _invent(
    chance: random.Random, tenant: Tenant, course: Course, association: str, *, is_moving: bool, place: int
) -> AzureUse:
    sizes = _MONTHLY_USD["smb" if tenant.is_smb else "enterprise"]
    low, high = sizes[-1] if is_moving else chance.choice(sizes)
    services = _some(chance, _SERVICES, 3, 7) + _some(chance, _SECURITY_SERVICES, 2, 5)
    weights = sum(service.weight for service in services)
    total = chance.randint(low, high) * MILLION
    changes = tuple(1 + chance.randint(-_CHANGE_AT_MOST, _CHANGE_AT_MOST) / 100 for _ in range(11))
    if tenant.number == 1:
        association = OWN_USE  # the partner's own tenant is in its reports as well
    return AzureUse(
        tenant=tenant,
        course=course,
        association=association,
        second_association=_SECOND_ASSOCIATION.get(association) if place % _DUPLICATE_EVERY == 0 else None,
        subscription=guid(chance),
        services=tuple((service, total * service.weight // weights) for service in services),
        changes=changes,
    )


def _some(chance: random.Random, services: tuple[Service, ...], least: int, most: int) -> list[Service]:
    chosen = set(chance.sample(services, chance.randint(least, most)))
    return [service for service in services if service in chosen]


def _at_threshold(use: AzureUse, cents: tuple[tuple[Service, int], ...]) -> AzureUse:
    services = tuple((service, amount * MILLION // 100) for service, amount in cents)
    steady = replace(use, course=replace(use.course, growth=0), changes=(1,))
    return replace(steady, association=PAL, second_association=None, services=services)


def _row(use: AzureUse, service: Service, month: str, amount: str, association: str, duplicate: str) -> Row:
    tenant = use.tenant
    is_resold = association == CSP_2
    return {
        "PGAMpnID": GLOBAL_ID,
        "SubscriptionId": use.subscription,
        "SubscriptionStartDate": use.course.started,
        "SubscriptionEndDate": "",
        "FirstUseDate": use.course.started,
        "SubscriptionState": "Active",
        "Month": month,
        "ServiceLevel1": "Azure",
        "ServiceLevel2": service.name,
        "ServiceLevel3": service.tier,
        "ServiceLevel4": f"{service.name} {service.tier}",
        "ServiceGroup2": service.group,
        "ServiceGroup3": service.name,
        "ServiceInfluencer": "",
        "ComputeOS": "Windows" if service.group == "Compute" else "",
        "ComputeCoreSoftware": "",
        "UsageUnits": service.unit,
        "UsageQuantity": amount[:-4],
        "CustomerName": tenant.name,
        "CustomerTenantId": tenant.guid,
        "CustomerTpid": tenant.tpid,
        "CustomerSegment": tenant.segment,
        "CustomerMarket": tenant.market,
        "MPNID": LOCATION_ID,
        "PartnerName": NAME,
        "PartnerLocation": f"{LOCATION}, {COUNTRY}",
        "PartnerAttributionType": association,
        "SalesChannel": sales_channel(association),
        "EnrollmentNumber": "",
        "IsACRDuplicateAtPGALevel": duplicate,
        "ResellerID": "9000003" if is_resold else "",
        "ResellerName": "Sample Reseller (invented)" if is_resold else "",
        "IndustryName": tenant.industry,
        "VerticalName": tenant.vertical,
        "EOU": "",
        "AdminType": _ROLES[tenant.number % len(_ROLES)] if association == PAL else "",
        "AssociationType": association,
        "ACR_USD": amount,
    }
