"""Microsoft 365: tenants by paid seats, by seats in use, and the growth of active users, with young claims apart."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from scoring.measure_rules import ActiveUsers, RowsWanted, Seats, TenantsBySeats
from scoring.seat_values import CLAIMS, SEAT_QUANTITIES, SeatReports, SeatValues
from scoring.tested import RowsSeen, Tested, above, holds, without
from scoring.usage import Integers, Quantity, first_day
from scoring.usage_reports import YEAR, LackingError, UsageReports, month_asked
from scoring.usage_table import UsageTable, distinct, greatest


class SeatMeasures:
    """Measures of the licence reports. `asked` is the month of the day asked. Every method may raise LackingError."""

    def __init__(self, reports: UsageReports) -> None:
        self.reports = reports
        self.seats = SeatReports(reports)
        self._first_rows: dict[tuple[int, tuple[str, ...]], SeatValues] = {}

    def tenants(self, setting: TenantsBySeats, asked: int, years_back: int = 0) -> Tested:
        """Tenants in question; with an active share asked for, those that use enough of a workload's seats."""
        questioned, deciding = self._in_question(setting.seats, asked, years_back)
        needed: tuple[Quantity, ...] = ("paid_seats",) if setting.active_share_at_least is None else SEAT_QUANTITIES
        found = self._values(setting.seats, setting.of, asked, years_back, needed)
        enough = np.ones(len(found.pair), np.bool_)
        values = found.paid
        if setting.active_share_at_least is not None:
            least = _share(found.paid, setting.active_share_at_least, up=True)
            enough = (found.paid > 0) & (found.active >= least)
            values = found.active
        if setting.claims_above is not None and _asks_claims(setting.seats, setting.of):
            claims = self._young_claims(setting.seats, asked)
            over = (claims.paid > 0) & (claims.active > _share(claims.paid, setting.claims_above, up=False))
            enough &= ~np.isin(found.pair, claims.pair[over])
            deciding = (*deciding, *claims.seen)
        tenants, _ = distinct(found.tenant)
        passed, _ = distinct(found.tenant[enough])
        counts = np.isin(tenants, questioned) & np.isin(tenants, passed)
        told = enough | ~np.isin(found.tenant, passed)  # of a tenant that has not enough, the most that it has
        best = greatest(found.tenant, np.where(told, values, 0)).values
        return Tested(found.month, tenants, without(len(tenants)), (), best, counts, found.seen, deciding)

    def active_users(self, setting: ActiveUsers, asked: int, years_back: int = 0) -> Tested:
        """Active users by tenant and workload; those of tenants in question count.

        A year back, with `from_claim`, a young claim has the users of its first row in place of those a year ago.
        """
        questioned, deciding = self._in_question(setting.seats, asked, years_back)
        found = self._values(setting.seats, setting.of, asked, years_back, ("active_users",))
        seen = found.seen
        counts = np.isin(found.tenant, questioned)
        pairs, values = found.pair, found.active
        if setting.from_claim and years_back and _asks_claims(setting.seats, setting.of):
            claims = self._young_claims(setting.seats, asked)
            counting = self.active_users(setting, asked)
            now = np.isin(claims.pair, (counting.tenant * len(found.workloads) + counting.item)[counting.counts])
            older = ~np.isin(pairs, claims.pair)
            pairs = np.concatenate([pairs[older], claims.pair[now]])
            values = np.concatenate([values[older], claims.active[now]])
            counts = np.concatenate([counts[older], np.ones(np.count_nonzero(now), np.bool_)])
            seen = (*seen, *claims.seen)
        size = len(found.workloads)
        return Tested(found.month, pairs // size, pairs % size, found.workloads, values, counts, seen, deciding)

    def _values(
        self, seats: Seats, of: Sequence[str] | None, asked: int, years_back: int, needed: Sequence[Quantity]
    ) -> SeatValues:
        return self.seats.values(seats, of or seats.rows.associations, asked, years_back, needed)

    def _in_question(self, seats: Seats, asked: int, years_back: int) -> tuple[Integers, tuple[RowsSeen, ...]]:
        """The tenants with one workload in the range of seats, or above it and in it a year before; and their rows."""
        if seats.test is None:
            everybody = self._values(seats, None, asked, years_back, ("active_users",))
            return distinct(everybody.tenant)[0], ()
        found = self._values(seats, None, asked, years_back, ("paid_seats",))
        inside, _ = distinct(found.tenant[holds(seats.test, found.paid)])
        if not seats.promoted:
            return inside, found.seen
        try:
            before = self._values(seats, None, asked, years_back + 1, ("paid_seats",))
        except LackingError:
            return inside, found.seen
        were_inside = before.tenant[holds(seats.test, before.paid)]
        grown = np.intersect1d(found.tenant[above(seats.test, found.paid)], were_inside)
        return np.union1d(inside, grown), (*found.seen, *before.seen)

    def _young_claims(self, seats: Seats, asked: int) -> SeatValues:
        """Pairs whose claims are all younger than a year in the reference month, and what their first rows said."""
        claims = self.reports.get(CLAIMS)
        nothing = np.empty(0, np.int64)
        assert seats.rows.items is not None
        empty = SeatValues(nothing, nothing, nothing, seats.rows.items, 0, ())
        if claims is None or "associated" not in claims.fields or CLAIMS not in seats.reports:
            return empty
        month = month_asked(claims, asked)
        key = (month, seats.rows.items)
        if key not in self._first_rows:
            self._first_rows[key] = _first_rows(claims, month, seats.rows.items, empty)
        return self._first_rows[key]


def _asks_claims(seats: Seats, of: Sequence[str] | None) -> bool:
    return "cpor" in (of or seats.rows.associations)


def _share(whole: Integers, percent: Fraction, *, up: bool) -> Integers:
    """That percentage of whole amounts, up or down to a whole billionth: for an exact comparison with whole ones."""
    scaled = percent / 100
    product = whole * scaled.numerator
    return -(-product // scaled.denominator) if up else product // scaled.denominator


def _first_rows(claims: UsageTable, month: int, workloads: tuple[str, ...], empty: SeatValues) -> SeatValues:
    """The seats and users at the first row of every pair whose claims are all younger than a year in the month."""
    span = claims.rows_of(claims.months[0], month)
    wanted = RowsWanted(associations=("cpor",), items=workloads)
    rows = np.flatnonzero(claims.chosen(wanted)[span])
    if "active_users" in claims.quantities:
        rows = claims.given(rows, "active_users")  # a first row that tells no users says nothing, not zero
    if not len(rows):
        return empty
    pairs = claims.tenant[rows].astype(np.int64) * len(workloads) + claims.places_of(workloads)[claims.item[rows]]
    found, inverse = distinct(pairs)
    claimed = np.full(len(found), np.iinfo(np.int64).max)
    np.minimum.at(claimed, inverse, claims.associated[rows])
    first = np.full(len(found), np.iinfo(np.int64).max)
    np.minimum.at(first, inverse, claims.month[rows])
    year_ago_ends = first_day(month - YEAR + 1).toordinal()  # a claim of that day or later is younger than a year
    at_first = claims.month[rows] == first[inverse]
    columns = [_first_values(claims, rows[at_first], inverse[at_first], len(found), name) for name in SEAT_QUANTITIES]
    young = claimed >= year_ago_ends
    firsts = np.sort(rows[at_first & young[inverse]])
    seen = RowsSeen(claims, wanted, claims.months[0], month, SEAT_QUANTITIES, only=firsts)
    return SeatValues(found[young], columns[0][young], columns[1][young], workloads, month, (seen,))


def _first_values(claims: UsageTable, rows: Integers, places: Integers, size: int, quantity: Quantity) -> Integers:
    column = np.zeros(size, np.int64)
    if quantity in claims.quantities:
        np.maximum.at(column, places, claims.quantities[quantity][rows])
    return column
