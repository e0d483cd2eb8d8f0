"""Works out value and points of a metric from nothing but the JSON of `seventy evidence`, as docs/cli.md tells how."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
Key = tuple[str | None, str | None]
ZERO = Fraction(0)


@dataclass(frozen=True)
class Again:
    """What came out. `value` is None where the metric is a sum of sides."""

    value: Fraction | None
    points: Fraction


def worked_out(doc: Json) -> Again:
    """Value and points of a metric that was measured from usage reports."""
    setting = doc["rule"]["setting"]
    settings = setting["parts"] if setting["kind"] == "parts" else {None: setting}
    parts = {part: _Part(doc, part, one).amounts() for part, one in settings.items()}
    return _points(doc["rule"]["kind"], doc["rule"]["terms"], _exact(doc["max_points"]), parts)


def _points(kind: str, terms: Json, most: Fraction, parts: dict[Any, tuple[Fraction, Fraction]]) -> Again:
    changes = {part: now - before for part, (now, before) in parts.items()}
    if kind in ("count", "change"):
        value = sum(changes.values(), ZERO)
        return Again(value, _share(value, _exact(terms["threshold"]), most))
    if kind == "best_association":
        each = {part: _share(one, _exact(terms["thresholds"][part]), most) for part, one in changes.items()}
        best = max(each, key=lambda part: each[part])
        return Again(changes[best] if list(each.values()).count(each[best]) == 1 else None, each[best])
    if kind == "sum_of_sides":
        each = {part: max(ZERO, one / _exact(terms["amount_per_point"][part])) for part, one in changes.items()}
        return Again(None, min(most, sum((min(most, one) for one in each.values()), ZERO)))
    assert kind == "growth"
    ((now, before),) = parts.values()
    percent = (now - before) / before * 100 if before > 0 else ZERO
    tests = ((terms["minimum_now"], now), (terms["minimum_year_ago"], before))
    enough = all(least is None or amount >= _exact(least) for least, amount in tests)
    return Again(percent, _share(percent, _exact(terms["threshold"]), most) if enough else ZERO)


def _share(value: Fraction, threshold: Fraction, most: Fraction) -> Fraction:
    return min(most, max(ZERO, value / threshold * most))


class _Part:
    def __init__(self, doc: Json, part: str | None, setting: Json) -> None:
        self.how = {one["report"]: one["rows"] for one in doc["combining"]}
        self.rows = [row for row in doc["rows"] if row["part"] == part]
        self.setting = setting
        self.months = {report: _month(month) for report, month in doc["measured"]["months"].items()}

    def amounts(self) -> tuple[Fraction, Fraction]:
        periods = [[row for row in self.rows if row["period"] == name] for name in ("now", "year_ago")]
        measure: Callable[[list[Json], int], Fraction] = getattr(self, self.setting["kind"])
        if self.setting["kind"] == "services":
            assert not periods[1]
            return measure(periods[0], 0), ZERO
        return measure(periods[0], 0), measure(periods[1], 12)

    def tenants_by_amount(self, rows: list[Json], _: int) -> Fraction:
        return Fraction(len(self._passing(self.setting, rows)))

    def _passing(self, setting: Json, rows: list[Json]) -> set[str]:
        """The tenants whose rows, and the rows that only decide, show that they count."""
        monthly = self._monthly(rows, "acr")
        last = max((month for months in monthly.values() for month in months), default=0)
        first = last - setting["over_months"] - setting["in_one_of_months"] + 2
        passing = set()
        for tenant, months in monthly.items():
            inside = [amount for month, amount in months.items() if month >= first]
            tested = sum(inside, ZERO) if setting["over_months"] > 1 else max(inside)
            before = sum((amount for month, amount in months.items() if month < first), ZERO)
            was = setting["promoted_from"]
            grown = was and tested > _exact(setting["test"]["at_most"]) and _in(was, before)
            if _in(setting["test"], tested) or grown:
                passing.add(tenant)
        return passing

    def _monthly(self, rows: Iterable[Json], quantity: str) -> dict[str, dict[int, Fraction]]:
        found: dict[str, dict[int, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
        by_month: dict[int, list[Json]] = defaultdict(list)
        for row in rows:
            by_month[_month(row["month"])].append(row)
        for number, several in by_month.items():
            for (tenant, _), amount in self._combined(several, quantity).items():
                found[tenant or ""][number] += amount
        return found

    def amount(self, rows: list[Json], _: int) -> Fraction:
        counted = [row for row in rows if not row["decides_only"]]
        if self.setting["tenants"]:
            assert {row["tenant"] for row in counted} <= self._passing(self.setting["tenants"], rows)
        return sum(self._combined(counted, "acr").values(), ZERO)

    def services(self, rows: list[Json], _: int) -> Fraction:
        used: dict[str | None, Fraction] = defaultdict(Fraction)
        for name in {row["month"] for row in rows}:
            several = [row for row in rows if row["month"] == name]
            for key, amount in self._combined(several, "acr").items():
                used[key[1]] += amount
        return Fraction(sum(_in(self.setting["test"], amount) for amount in used.values()))

    def tenants_by_seats(self, rows: list[Json], back: int) -> Fraction:
        self._check_seats(rows, back)
        paid, active = self._seats([row for row in rows if not row["decides_only"]], back)
        share = self.setting["active_share_at_least"]
        if share is None:
            return Fraction(len({tenant for tenant, _ in paid}))
        using = {key for key in paid if paid[key] > 0 and active.get(key, ZERO) >= paid[key] * _exact(share) / 100}
        return Fraction(len({tenant for tenant, _ in using}))

    def _check_seats(self, rows: list[Json], back: int) -> None:
        """Every tenant listed has a workload in the range of seats, or grew out of it."""
        test = self.setting["seats"]["test"]
        counted = {row["tenant"] for row in rows if not row["decides_only"]}
        paid, before = (self._seats(rows, months)[0] for months in (back, back + 12))
        for tenant in counted:
            seats, earlier = ([one for (of, _), one in each.items() if of == tenant] for each in (paid, before))
            grown = (
                self.setting["seats"]["promoted"]
                and any(one > _exact(test["at_most"]) for one in seats)
                and any(_in(test, one) for one in earlier)
            )
            assert grown or any(_in(test, one) for one in seats), tenant

    def _seats(self, rows: Iterable[Json], back: int) -> tuple[dict[Key, Fraction], dict[Key, Fraction]]:
        """Paid seats and active users of every workload; of several reports the higher."""
        found: tuple[dict[Key, Fraction], dict[Key, Fraction]] = ({}, {})
        for report, month in self.months.items():
            several = [row for row in rows if row["report"] == report and _month(row["month"]) == month - back]
            for column, quantity in zip(found, ("paid_seats", "active_users"), strict=True):
                for key, amount in self._combined(several, quantity).items():
                    column[key] = max(column.get(key, ZERO), amount)
        return found

    def active_users(self, rows: list[Json], back: int) -> Fraction:
        counted = [row for row in rows if not row["decides_only"]]
        first = [row for row in counted if _month(row["month"]) != self.months[row["report"]] - back]
        claimed = self._combined(first, "active_users")  # the first rows of young claims, in place of a year ago
        users = self._seats(counted, back)[1]
        return sum({**users, **claimed}.values(), ZERO)

    def pairs_by_revenue(self, rows: list[Json], _: int) -> Fraction:
        pairs = self._combined(rows, "revenue")
        return Fraction(sum(_in(self.setting["test"], amount) for amount in pairs.values()))

    def consumption_value(self, rows: list[Json], _: int) -> Fraction:
        pairs: dict[Key, Fraction] = defaultdict(Fraction)
        for rate in self.setting["rates"]:
            names = {_plain(name) for name in rate["workloads"]}
            fits = [
                row
                for row in rows
                if _plain(row["item"]) in names and _type(row["association"]) in rate["associations"]
            ]
            for key, users in self._combined(fits, rate["of"]).items():
                pairs[key] += users * _exact(rate["usd"])
        test = self.setting["test"]
        if test is None:
            return sum(pairs.values(), ZERO)
        return Fraction(sum(_in(test, amount) for amount in pairs.values()))

    def _combined(self, rows: Iterable[Json], quantity: str) -> dict[Key, Fraction]:
        """The amount of every tenant and item, of rows of one month."""
        given: dict[str, dict[Key, dict[str, list[Fraction]]]] = {}
        for row in rows:
            if quantity in row["amounts"]:
                key = (row["tenant"], row["item"] and _plain(row["item"]))
                pairs = given.setdefault(row["report"], {}).setdefault(key, {})
                pairs.setdefault(row["association"], []).append(Fraction(row["amounts_exact"][quantity]))
        found: dict[Key, Fraction] = {}
        for report, pairs_of in given.items():
            for key, types in pairs_of.items():
                found[key] = max(found.get(key, Fraction(-(10**18))), _one(self.how[report], types))
        return found


def _one(how: str, types: dict[str, list[Fraction]]) -> Fraction:
    if how == "sum":
        return sum((sum(several, ZERO) for several in types.values()), ZERO)
    return max(max(several) if how == "highest_row" else sum(several, ZERO) for several in types.values())


def _type(association: str) -> str:
    """The association type that a rule names: both tiers of CSP are `csp`."""
    return association.partition("_tier_")[0]


def _in(test: Json, amount: Fraction) -> bool:
    least, more, most = (None if test[name] is None else _exact(test[name]) for name in _ENDS)
    return (amount >= least if least is not None else amount > (more or ZERO)) and (most is None or amount <= most)


_ENDS = ("at_least", "more_than", "at_most")


def _exact(number: float) -> Fraction:
    return Fraction(str(number))


def _month(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month)


def _plain(name: str) -> str:
    """A workload by any of the names that the reports of these tests use."""
    plain = re.sub(r"[\W_]", "", name.casefold())
    plain = re.sub(r"^(microsoft|azure|dynamics365)(?=.)", "", plain)
    return {"365copilot": "m365copilot", "yammer": "vivaengage", "meetings": "teamsmeetings"}.get(plain, plain)
