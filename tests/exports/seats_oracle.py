"""Modern Work, and the Microsoft 365 side of Security, by hand."""

from collections.abc import Callable
from fractions import Fraction

from tests.exports.answers import Answer, Measured, best_part, counted, unless
from tests.exports.programme import (
    CPOR,
    CSP,
    DPOR,
    MODERN_WORK_SEATS,
    MODERN_WORK_WORKLOADS,
    ONLY_CUSTOMER_SUCCESS,
    SECURITY_SEATS,
    SECURITY_WORKLOADS,
    edition,
)
from tests.exports.seat_values import COLUMNS, SEATS, USERS, Licences, Uses, eligible, higher, promoted

PARTS: dict[str, tuple[str, ...]] = {"enterprise": ("cpor", "dpor"), "smb": ("cpor", "csp")}
OTHER_TYPES = {"enterprise": frozenset({DPOR}), "smb": CSP}
ADDS_FOR_ALL = {"enterprise": 5, "smb": 10}
GROWTH_FOR_ALL = {"enterprise": {"cpor": 1000, "dpor": 4000}, "smb": {"cpor": 500, "csp": 2000}}
DEPLOYED_FOR_ALL = {"enterprise": {"cpor": 5, "dpor": 10}, "smb": {"cpor": 5, "csp": 10}}
At = Callable[[int], Uses]  # what counted so many months before the reference month


def _only(uses: Uses, workloads: frozenset[str]) -> Uses:
    return {unit: use for unit, use in uses.items() if unit[1] in workloads}


class _ModernWork:
    def __init__(self, licences: Licences, track: str, workloads: frozenset[str]) -> None:
        self.licences, self.track, self.workloads = licences, track, workloads
        self.young = licences.young_claims()

    def part(self, name: str, back: int) -> Uses:
        types = OTHER_TYPES[self.track]
        uses = self.licences.claimed(back) if name == "cpor" else self.licences.licensed(types, back)
        return _only(uses, self.workloads)

    def path(self, back: int) -> Uses:
        if self.licences.holds_claims(back):
            return higher(self.part("cpor", back), self.part("other", back))
        types = frozenset({CPOR}) | OTHER_TYPES[self.track]
        return _only(self.licences.licensed(types, back), self.workloads)

    def tenants(self, back: int) -> set[str]:
        seats = MODERN_WORK_SEATS[self.track]
        now = self.path(back)
        found = eligible(now, seats)
        if self.track == "smb" and edition(self.licences.on) != "B":
            found |= promoted(now, self.path(back + 12), seats, 300)
        return found

    def of_tenants(self, name: str, back: int) -> Uses:
        tenants = self.tenants(back)
        return {unit: use for unit, use in self.part(name, back).items() if unit[0] in tenants}

    def growth(self, name: str) -> Fraction:
        young = self.young if name == "cpor" and self.licences.holds_claims(0) else {}
        now, ago = self.of_tenants(name, 0), self.of_tenants(name, 12)
        users = sum((use.active or Fraction(0) for use in now.values()), Fraction(0))
        before = sum((use.active or Fraction(0) for unit, use in ago.items() if unit not in young), Fraction(0))
        return users - before - sum((young[unit][1] for unit in now if unit in young), Fraction(0))

    def deployed(self, name: str, back: int) -> set[str]:
        left_out = {unit for unit, (first, _) in self.young.items() if _above_40_percent(first.paid, first.active)}
        if name != "cpor" or not self.licences.holds_claims(0):
            left_out = set()
        uses = {unit: use for unit, use in self.part(name, back).items() if unit not in left_out}
        return {unit[0] for unit, use in uses.items() if use.is_active(40)} & self.tenants(back)


def _above_40_percent(paid: Fraction | None, active: Fraction | None) -> bool:
    return bool(paid) and active is not None and paid is not None and active * 100 > paid * 40


def modern_work_answers(licences: Licences, track: str) -> dict[str, Answer]:
    """The three metrics of a path of Modern Work."""
    letter = "B" if edition(licences.on) == "B" else "C"
    workloads = MODERN_WORK_WORKLOADS[letter]
    adds = _ModernWork(licences, track, workloads)
    success = _ModernWork(licences, track, workloads | ONLY_CUSTOMER_SUCCESS[letter])
    net = len(adds.tenants(0)) - len(adds.tenants(12))
    missing = licences.missing("office", "mobility", columns={"office": (SEATS,), "cpor": (SEATS,)})
    growth: dict[str, Measured] = {}
    deployed: dict[str, Measured] = {}
    for part in PARTS[track]:
        own = {"office": (SEATS,), "cpor": COLUMNS} if part == "cpor" else {"office": COLUMNS, "cpor": (SEATS,)}
        lacking = licences.missing("office", "mobility", columns=own)
        if part != "cpor" and not {"office", "mobility"} & set(licences.reports):
            lacking = [*lacking, "office"]
        growth[part] = unless(lacking, success.growth(part))
        deployed[part] = unless(lacking, len(success.deployed(part, 0)) - len(success.deployed(part, 12)))
    return {
        "net_customer_adds": counted(unless(missing, net), Fraction(20, ADDS_FOR_ALL[track]), 20),
        "usage_growth": best_part(growth, GROWTH_FOR_ALL[track], 30),
        "deployments": best_part(deployed, DEPLOYED_FOR_ALL[track], 25),
    }


def microsoft_365_side_of_security(licences: Licences, track: str) -> dict[str, Measured]:
    """The Microsoft 365 side of the three metrics of Security."""
    single = edition(licences.on) == "B"

    def at(back: int) -> Uses:
        uses = licences.claimed(back)
        if not single:
            uses = higher(uses, licences.licensed(CSP, back, office=False))
        return _only(uses, SECURITY_WORKLOADS)

    def tenants(back: int) -> set[str]:
        found = eligible(at(back), SECURITY_SEATS[track])
        if track == "smb":
            found |= promoted(at(back), at(back + 12), SECURITY_SEATS[track], 300)
        return found

    def users(back: int) -> Fraction:
        found = at(back)
        who = {unit[0] for unit in found} if single else tenants(back)
        uses = (use for unit, use in found.items() if unit[0] in who)
        return sum((use.active or Fraction(0) for use in uses), Fraction(0))

    def deployed(back: int) -> set[str]:
        return {unit[0] for unit, use in at(back).items() if use.is_active(15)} & tenants(back)

    def lacking(*columns: str) -> list[str]:
        if single and licences.holds_claims(0) and licences.holds_claims(12):
            return Licences({"cpor": licences.reports["cpor"]}, licences.on).missing(columns={"cpor": columns})
        return licences.missing("mobility", columns={"cpor": columns})

    needs_seats = () if single else (SEATS,)
    return {
        "net_customer_adds": unless(lacking(SEATS), len(tenants(0)) - len(tenants(12))),
        "usage_growth": unless(lacking(*needs_seats, USERS), users(0) - users(12)),
        "deployments": unless(lacking(SEATS, USERS), len(deployed(0)) - len(deployed(12))),
    }
