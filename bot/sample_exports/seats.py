"""Microsoft 365: which customers have how many seats of which workloads, and how many people use them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle

from bot.sample_exports.company import Company, Course, Tenant, guid, invent_courses, pick
from bot.sample_exports.partner import CPOR, CSP_1, CSP_2, DPOR, TPOR

OFFICE = ("Exchange Online", "SharePoint Online", "Teams", "Microsoft 365 Apps", "Teams Phone", "M365 Copilot")
MOBILITY = ("Intune", "Entra ID P1", "Purview Information Protection")
DEFENDER = ("Defender for Endpoint", "Defender for Office 365")

_SMB_ASSOCIATIONS = (CSP_1, CPOR, CSP_2, CSP_1, CPOR, CSP_1)
_LARGE_ASSOCIATIONS = (CPOR, DPOR, CPOR)
# Paid seats and active users exactly at a threshold of some rule, or one beside it.
_AT_THRESHOLDS = ((11, 5), (10, 4), (300, 120), (301, 120), (5, 1), (4, 1), (300, 45), (301, 45))
_DUPLICATE_EVERY = 7  # customers
_TAKEN_UP_EVERY = 5  # customers whose use grows from little to much
_QUIET_EVERY = 3  # customers who use little
_MONTHS_TO_TAKE_UP = 20
_FASTEST_GROWTH = 0.06  # a year
_OLD_CLAIM_MONTHS = 40  # before the newest month


@dataclass(frozen=True)
class Workload:
    """A workload of a customer: seats in the newest month, and the parts of them in use long ago and now."""

    name: str
    seats: int
    used_before: int  # percent
    used_now: int  # percent


@dataclass(frozen=True)
class SeatUse:
    """What one customer has. `claim` names its CPOR claim where it has one."""

    tenant: Tenant
    course: Course
    association: str
    has_duplicate: bool
    subscription: str
    workloads: tuple[Workload, ...]

    @property
    def claim(self) -> str:
        """The number of the claim of a customer with a claiming partner."""
        return f"SAMPLE-{self.tenant.number:05d}"

    @property
    def claimed_in(self) -> int:
        """The month of the claim: that in which the customer came, else long ago."""
        return max(self.course.first, self.course.newest - _OLD_CLAIM_MONTHS)

    def seats(self, workload: Workload, month: int) -> int:
        """Paid seats of a month."""
        return round(workload.seats * self.course.level(month))

    def users(self, workload: Workload, month: int) -> int:
        """Monthly active users."""
        passed = max(0, _MONTHS_TO_TAKE_UP - (self.course.newest - month))
        rise = (workload.used_now - workload.used_before) * min(passed, _MONTHS_TO_TAKE_UP)
        percent = workload.used_before * _MONTHS_TO_TAKE_UP + rise
        return self.seats(workload, month) * percent // (100 * _MONTHS_TO_TAKE_UP)

    def associations(self) -> Iterator[tuple[str, str]]:
        """The association types under which rows stand, with the flag of the duplicate."""
        yield self.association, "0"
        if self.has_duplicate:
            yield TPOR, "1"


def invent_seats(company: Company) -> list[SeatUse]:
    """Who has Microsoft 365: large and small customers, each group with those who come and leave first."""
    chance = company.chance("seats")
    tenants = pick(chance, company.tenants, 75)
    small, large = ([one for one in tenants if one.is_smb is is_smb] for is_smb in (True, False))
    found = _group(chance, company, small, _SMB_ASSOCIATIONS, net=2)
    if len(small) >= 3 * len(_AT_THRESHOLDS):
        found[-len(_AT_THRESHOLDS) :] = map(_at_threshold, found[-len(_AT_THRESHOLDS) :], _AT_THRESHOLDS)
    return found + _group(chance, company, large, _LARGE_ASSOCIATIONS, net=2)


def _group(
    chance: random.Random, company: Company, tenants: Sequence[Tenant], associations: Sequence[str], net: int
) -> list[SeatUse]:
    courses = invent_courses(chance, len(tenants), company.newest, net)
    kinds = cycle(associations)
    return [
        _invent(chance, tenant, course, next(kinds), place)
        for place, (tenant, course) in enumerate(zip(tenants, courses, strict=True))
    ]


def _invent(chance: random.Random, tenant: Tenant, course: Course, association: str, place: int) -> SeatUse:
    seats = chance.randint(14, 240) if tenant.is_smb else chance.randint(380, 900)
    names = [*OFFICE[: chance.randint(3, len(OFFICE))], *MOBILITY[: chance.randint(0, len(MOBILITY))]]
    if association == CPOR:
        names += DEFENDER[: chance.randint(0, len(DEFENDER))]
    is_taken_up, is_quiet = place % _TAKEN_UP_EVERY == 1, place % _QUIET_EVERY == 2
    workloads = tuple(_workload(chance, name, seats, is_taken_up=is_taken_up, is_quiet=is_quiet) for name in names)
    slow = replace(course, growth=min(course.growth, _FASTEST_GROWTH))
    is_twice = place % _DUPLICATE_EVERY == _DUPLICATE_EVERY - 1 and association != CPOR
    return SeatUse(tenant, slow, association, is_twice, guid(chance), workloads)


def _workload(chance: random.Random, name: str, seats: int, *, is_taken_up: bool, is_quiet: bool) -> Workload:
    if is_taken_up:
        return Workload(name, seats, chance.randint(8, 14), chance.randint(44, 60))
    used = chance.randint(5, 30) if is_quiet else chance.randint(45, 80)
    return Workload(name, seats, used, used)


def _at_threshold(use: SeatUse, exact: tuple[int, int]) -> SeatUse:
    seats, users = exact
    course = replace(use.course, growth=0)
    percent = -(-users * 100 // seats)  # rounded up, so that the users come out again
    workloads = tuple(Workload(name, seats, percent, percent) for name in ("Exchange Online", "Intune"))
    return replace(use, course=course, association=CSP_1, has_duplicate=False, workloads=workloads)
