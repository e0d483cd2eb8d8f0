"""Business Applications: which customers use which workloads, how many people, and for how much."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle

from bot.sample_exports.company import Company, Course, Tenant, guid, invent_courses, pick
from bot.sample_exports.partner import CSP_1, CSP_2, DPOR, PAL, SHORT, TPOR
from bot.sample_exports.rows import MILLION

DYNAMICS = "Dynamics 365"
POWER = "Power Platform"


@dataclass(frozen=True)
class BusinessWorkload:
    """A workload as the revenue and the usage report call it; `cents` a user and month.

    `large_users` is the range of users at a large customer; None where only few people there use it.
    """

    sold_as: str
    used_as: str
    family: str
    cents: int
    large_users: tuple[int, int] | None = None


_CENTRAL = BusinessWorkload("Business Central", "Business Central", DYNAMICS, 80_00)
_SALES = BusinessWorkload("Sales", "Sales", DYNAMICS, 65_00, (95, 160))
_SERVICE = BusinessWorkload("Customer Service", "Customer Service", DYNAMICS, 50_00, (120, 180))
_FINANCE = BusinessWorkload("Finance", "Finance & Operations", DYNAMICS, 180_00, (40, 90))
_WORKLOADS = (
    _CENTRAL,
    BusinessWorkload("Power BI", "Power BI", POWER, 10_00),
    _SALES,
    BusinessWorkload("Power Apps", "Power Apps", POWER, 20_00),
    _SERVICE,
    _FINANCE,
    BusinessWorkload("Power Automate", "Power Automate", POWER, 15_00),
    BusinessWorkload("Field Service", "Field Service", DYNAMICS, 95_00),
)
_SMALL_USERS = (6, 24)
_SOLD_UNDER = ("CPOR OSA", SHORT[CSP_1], SHORT[DPOR], "CPOR RevRec", SHORT[CSP_2], SHORT[TPOR])
_USED_UNDER = {"CPOR OSA": "CPOR OSU", "CPOR RevRec": "CPOR OSU"}
# Exactly at a threshold of some rule or beside it: revenue in cents of a month, and users.
_AT_THRESHOLDS = (
    (_CENTRAL, 1_500_00, 10),
    (_CENTRAL, 1_499_99, 5),
    (_SALES, 250_00, 25),
    (_SALES, 249_99, 24),
    (_FINANCE, 5_000_00, 50),
    (_FINANCE, 5_000_01, 49),
)
_DUPLICATE_EVERY = 8  # units


@dataclass(frozen=True)
class BusinessUse:
    """A workload of a customer. `users` and `monthly_cents` (revenue) are those of the newest month."""

    tenant: Tenant
    course: Course
    workload: BusinessWorkload
    sold_under: str
    is_sold_twice: bool
    subscription: str
    users: int
    monthly_cents: int

    @property
    def used_under(self) -> str:
        """The association type of its usage: administrators for the Power Platform, a claim or sale for the rest."""
        return PAL if self.workload.family == POWER else _USED_UNDER.get(self.sold_under, self.sold_under)

    def users_in(self, month: int) -> int:
        """Active users of a month."""
        return round(self.users * self.course.level(month))

    def revenue_in(self, month: int) -> int:
        """Revenue of a month in millionths of a US dollar."""
        return round(self.monthly_cents * self.course.level(month)) * (MILLION // 100)

    def sold_under_all(self) -> Iterator[tuple[str, str]]:
        """The association types of its revenue, with the flag of the duplicate."""
        yield self.sold_under, "0"
        if self.is_sold_twice:
            yield "CPOR RevRec Performance", "1"


def invent_business(company: Company) -> list[BusinessUse]:
    """Who uses what. The first customers come and leave, the last stay exactly at a threshold."""
    chance = company.chance("business")
    tenants = sorted(pick(chance, company.tenants, 45), key=lambda one: not one.is_smb)  # small ones come and leave
    courses = invent_courses(chance, len(tenants), company.newest, net=2)
    kinds, workloads = cycle(_SOLD_UNDER), cycle(_WORKLOADS)
    found: list[BusinessUse] = []
    for tenant, course in zip(tenants, courses, strict=True):
        association = next(kinds)
        for _ in range(chance.randint(1, 3)):
            found.append(_invent(chance, tenant, course, next(workloads), association, len(found)))
    if len(found) < 5 * len(_AT_THRESHOLDS):
        return found
    kept = found[: -len(_AT_THRESHOLDS)]
    return [*kept, *map(_at_threshold, found[len(kept) :], _AT_THRESHOLDS)]


def _invent(
    chance: random.Random, tenant: Tenant, course: Course, workload: BusinessWorkload, sold_under: str, place: int
) -> BusinessUse:
    range_of_users = _SMALL_USERS if tenant.is_smb else workload.large_users or _SMALL_USERS
    users = chance.randint(*range_of_users)
    is_twice = place % _DUPLICATE_EVERY == _DUPLICATE_EVERY - 1
    cents = users * workload.cents
    return BusinessUse(tenant, course, workload, sold_under, is_twice, guid(chance), users, cents)


def _at_threshold(use: BusinessUse, exact: tuple[BusinessWorkload, int, int]) -> BusinessUse:
    workload, cents, users = exact
    course = replace(use.course, growth=0)
    steady = replace(use, course=course, sold_under="CPOR OSA", is_sold_twice=False)
    return replace(steady, workload=workload, users=users, monthly_cents=cents)
