"""Paid seats and active users of each tenant's Microsoft 365 workloads in a month, from all reports that tell them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.measure_rules import Report, RowsWanted, Seats
from scoring.tested import RowsSeen
from scoring.usage import Field, Integers, Quantity
from scoring.usage_reports import YEAR, Lacking, LackingError, UsageReports, month_asked, need_columns
from scoring.usage_table import Amounts, UsageTable, distinct, greatest, highest

CLAIMS: Report = "cpor_usage"
_NEEDED: tuple[Field, ...] = ("month", "tenant", "item")
SEAT_QUANTITIES: tuple[Quantity, ...] = ("paid_seats", "active_users")


@dataclass(frozen=True, eq=False)
class SeatValues:
    """Workloads of tenants, each once and in order. `pair` is tenant * number of workloads + place of the workload.

    Units: billionths of seats and users; 0 where a report does not tell.
    """

    pair: Integers
    paid: Integers
    active: Integers
    workloads: tuple[str, ...]
    month: int
    seen: tuple[RowsSeen, ...]

    @property
    def tenant(self) -> Integers:
        """The tenant of each."""
        return self.pair // len(self.workloads)

    @property
    def workload(self) -> Integers:
        """The place of each workload."""
        return self.pair % len(self.workloads)


_Source = tuple[UsageTable, tuple[str, ...], int]  # a report, the association types it is asked for, and the month
_Asked = tuple[tuple[tuple[Report, tuple[str, ...], int, tuple[str, ...]], ...], tuple[str, ...], tuple[Quantity, ...]]


class SeatReports:
    """The licence reports of a company; what each says of a month is read once."""

    def __init__(self, reports: UsageReports) -> None:
        self.reports = reports
        self._read: dict[tuple[Report, int, tuple[str, ...], Quantity], Amounts] = {}
        self._values: dict[_Asked, SeatValues] = {}
        self._values_asked = 0

    def values(
        self, seats: Seats, of: Sequence[str], asked: int, years_back: int, needed: Sequence[Quantity]
    ) -> SeatValues:
        """Every workload in question under the association types `of`; of several reports the higher value.

        Of the quantities only those needed are read; the other is 0. CPOR claims come from their own report where there
        is one, else from rows that the other reports mark.
        Raises: LackingError.
        """
        sources = [
            (table, types, month_asked(table, asked, years_back=years_back))
            for table, types in list(self._sources(seats, of, asked, years_back, needed))
        ]
        if not sources:
            asked_for = (CLAIMS,) if set(of) == {"cpor"} else tuple(one for one in seats.reports if one != CLAIMS)
            raise LackingError(Lacking("report_missing", asked_for))
        if self._values_asked != asked:  # most rules ask the same of one month; all months would be much to keep
            self._values, self._values_asked = {}, asked
        told = tuple((table.report, types, month, _told_by(table, seats)) for table, types, month in sources)
        assert seats.rows.items is not None  # the loader sees to it
        key = (told, seats.rows.items, tuple(needed))
        if key not in self._values:
            self._values[key] = self._together(sources, seats, key)
        return self._values[key]

    def _together(self, sources: Sequence[_Source], seats: Seats, key: _Asked) -> SeatValues:
        """What the sources say: of each tenant's workload the higher value."""
        _, workloads, needed = key
        found: dict[Quantity, list[Amounts]] = {quantity: [] for quantity in SEAT_QUANTITIES}
        seen = []
        for table, types, month in sources:
            told = _told_by(table, seats)
            for quantity in needed:
                found[quantity].append(self._of_workloads(table, month, types, quantity, workloads, told))
            seen.append(RowsSeen(table, RowsWanted(associations=types, items=told), month, month, needed))
        paid, active = (highest(found[quantity]) for quantity in SEAT_QUANTITIES)
        pairs, _ = distinct(np.concatenate([paid.keys, active.keys]))
        columns = [_placed(one, pairs) for one in (paid, active)]
        newest = max(month for _, _, month in sources)
        return SeatValues(pairs, columns[0], columns[1], workloads, newest, tuple(seen))

    def _sources(
        self, seats: Seats, of: Sequence[str], asked: int, years_back: int, needed: Sequence[Quantity]
    ) -> Iterable[tuple[UsageTable, tuple[str, ...]]]:
        """The reports that tell the association types, each with those it is asked for.

        Without a report of claims, only rows that are marked as such tell of claims: none of them does not mean zero.
        """
        tables = [table for table in map(self.reports.get, seats.reports) if table is not None]
        if not tables:
            raise LackingError(Lacking("report_missing", seats.reports))
        claims = next((table for table in tables if table.report == CLAIMS), None)
        if claims is not None and _marked_elsewhere(claims, tables, asked, years_back):
            tables.remove(claims)
            claims = None
        told = of if claims is not None or any(map(_marks_claims, tables)) else [key for key in of if key != "cpor"]
        for table in tables:
            types = tuple(key for key in told if _tells(table, key, claims))
            if types:
                need_columns(table, (*_NEEDED, *needed, *(() if table is claims else ("association",))))
                yield table, types

    def _of_workloads(
        self,
        table: UsageTable,
        month: int,
        types: tuple[str, ...],
        quantity: Quantity,
        workloads: tuple[str, ...],
        told: tuple[str, ...],
    ) -> Amounts:
        """The quantity of each of the workloads that the report tells."""
        key = (table.report, month, types, quantity)
        if key not in self._read:
            self._read[key] = _amounts(table, month, types, quantity)
        found = self._read[key]
        items = table.item_of(found.keys)
        places = table.places_of(workloads)[items]
        kept = table.places_of(told)[items] >= 0
        pairs = table.tenant_of(found.keys[kept]) * len(workloads) + places[kept]
        return greatest(pairs, found.values[kept])


def _told_by(table: UsageTable, seats: Seats) -> tuple[str, ...]:
    """The workloads that a report is asked for."""
    assert seats.rows.items is not None
    if table.report == CLAIMS:
        return seats.rows.items
    elsewhere = {name for report, names in seats.only_in.items() if report != table.report for name in names}
    return tuple(name for name in seats.rows.items if name not in elsewhere)


def _marked_elsewhere(claims: UsageTable, tables: Sequence[UsageTable], asked: int, years_back: int) -> bool:
    """Whether the report of claims does not hold the month, but others have rows that they mark as claims."""
    reference = claims.reference_month(asked)
    if reference is not None and reference - YEAR * years_back in claims.months:
        return False
    return any(_marks_claims(table) for table in tables if table is not claims)


def _marks_claims(table: UsageTable) -> bool:
    """Whether a licence report has rows that are marked as claims."""
    return bool((table.association == table.associations.index("cpor")).any())


def _tells(table: UsageTable, key: str, claims: UsageTable | None) -> bool:
    """Whether a report is asked for an association type: claims are in their own report where there is one."""
    if claims is None:
        return True
    return (key == "cpor") == (table is claims)


def _amounts(table: UsageTable, month: int, types: tuple[str, ...], quantity: Quantity) -> Amounts:
    span = table.rows_of(month, month)
    mask = table.chosen(RowsWanted(associations=types))[span]
    rows = table.given(np.flatnonzero(mask) + span.start, quantity)
    return table.amounts(rows, quantity, table.pairs(rows))


def _placed(found: Amounts, pairs: Integers) -> Integers:
    column = np.zeros(len(pairs), np.int64)
    column[np.searchsorted(pairs, found.keys)] = found.values
    return column
