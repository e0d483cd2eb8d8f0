"""The rows of usage reports that stand behind what was measured, each with its file and line."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

import numpy as np

from scoring.measuring import PartMeasured
from scoring.tested import RowsSeen, Tested
from scoring.usage import BILLION, NO_CODE, NOT_GIVEN, Integers, Quantity, first_day
from scoring.usage_table import UsageTable

Period = Literal["now", "year_ago"]
MOST_PLACES = 2  # rows of a unit that are named; the others are only counted


@dataclass(frozen=True)
class EvidenceRow:
    """One row of a report behind a metric. `decides_only`: its amount is not counted, it decided which units are.

    Units: `amounts` as in the report.
    """

    part: str
    period: Period
    report: str
    file: str
    line: int
    import_id: int | None
    month: date
    tenant: str | None
    item: str | None
    association: str | None
    amounts: Mapping[Quantity, Fraction]
    decides_only: bool = False


def rows_behind(part: str, found: PartMeasured) -> Iterator[EvidenceRow]:
    """The rows of every unit that counts now, then of those that counted a year ago."""
    periods: tuple[tuple[Period, Tested | None], ...] = (("now", found.now), ("year_ago", found.year_ago))
    for period, tested in periods:
        if tested is None:
            continue
        given: set[tuple[str, int]] = set()
        for seen in tested.seen:
            yield from _rows(part, period, tested, seen, given, decides_only=False)
        for seen in tested.deciding:
            yield from _rows(part, period, tested, seen, given, decides_only=True)


def _rows(
    part: str, period: Period, tested: Tested, seen: RowsSeen, given: set[tuple[str, int]], *, decides_only: bool
) -> Iterator[EvidenceRow]:
    """The rows of units that count; none twice."""
    table = seen.table
    for row in seen.rows[_belongs(tested, table, seen.rows, by_item=not decides_only)].tolist():
        if (table.report, row) not in given:
            given.add((table.report, row))
            yield _row(part, period, table, row, seen.quantities, decides_only=decides_only)


@dataclass(frozen=True)
class RowPlace:
    """Where a row stands: the file as origins print it, and the line from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        """`file:line`."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class RowsOfUnit:
    """How many lines of files stand behind one unit in one period, and where the first of them are."""

    count: int
    first: tuple[RowPlace, ...]


def rows_of_units(tested: Tested) -> dict[tuple[int, int], RowsOfUnit]:
    """The rows that count of every unit that counts, by tenant and item as in `Tested`."""
    by_table: dict[str, tuple[UsageTable, list[Integers]]] = {}
    for seen in tested.seen:
        rows = seen.rows[_belongs(tested, seen.table, seen.rows, by_item=True)]
        by_table.setdefault(seen.table.report, (seen.table, []))[1].append(rows)
    counts: dict[tuple[int, int], int] = defaultdict(int)
    places: dict[tuple[int, int], list[RowPlace]] = defaultdict(list)
    for table, several in by_table.values():
        rows = np.unique(np.concatenate(several))
        for unit, count, first in _grouped(tested, table, rows):
            counts[unit] += count
            places[unit] += first
    return {unit: RowsOfUnit(count, tuple(places[unit][:MOST_PLACES])) for unit, count in counts.items()}


def _grouped(
    tested: Tested, table: UsageTable, rows: Integers
) -> Iterator[tuple[tuple[int, int], int, list[RowPlace]]]:
    tenants, items = _unit_of(tested, table, rows)
    size = len(tested.items) + 1
    keys = (tenants + 1) * size + items + 1
    lines = table.line[rows] * len(table.files) + table.source[rows]  # one line may tell several workloads
    _, once = np.unique(np.stack([keys, lines]), axis=1, return_index=True)
    once.sort()
    rows, keys = rows[once], keys[once]
    order = np.argsort(keys, kind="stable")
    found, starts, counts = np.unique(keys[order], return_index=True, return_counts=True)
    for key, start, count in zip(found.tolist(), starts.tolist(), counts.tolist(), strict=True):
        first = rows[order[start : start + min(count, MOST_PLACES)]].tolist()
        named = [RowPlace(table.files[int(table.source[row])].source, int(table.line[row])) for row in first]
        yield (key // size - 1, key % size - 1), count, named


def _unit_of(tested: Tested, table: UsageTable, rows: Integers) -> tuple[Integers, Integers]:
    """The unit of each row, as tenant and item of `Tested`; the item is `NO_CODE` where it is none of the units'."""
    nothing = np.full(len(rows), NO_CODE, np.int64)
    by_tenant, by_item = (tested.tenant != NO_CODE).any(), (tested.item != NO_CODE).any()
    tenants = table.tenant[rows].astype(np.int64) if by_tenant else nothing
    return tenants, table.places_of(tested.items)[table.item[rows]] if by_item else nothing


def _belongs(tested: Tested, table: UsageTable, rows: Integers, *, by_item: bool) -> Integers:
    """Which rows are of a unit that counts: of its tenant, and of its service or workload where it is one of such."""
    tenants, items = _unit_of(tested, table, rows)
    counts = tested.counts
    if not by_item:
        return np.flatnonzero(np.isin(tenants, tested.tenant[counts]))
    size = len(tested.items) + 1
    units = (tested.tenant[counts] + 1) * size + tested.item[counts] + 1
    return np.flatnonzero(np.isin((tenants + 1) * size + items + 1, units))


def _row(
    part: str, period: Period, table: UsageTable, row: int, quantities: tuple[Quantity, ...], *, decides_only: bool
) -> EvidenceRow:
    file = table.files[int(table.source[row])]
    tenant, item, association = int(table.tenant[row]), int(table.item[row]), int(table.association[row])
    amounts = {name: int(table.quantities[name][row]) for name in quantities}
    return EvidenceRow(
        part=part,
        period=period,
        report=table.report,
        file=file.source,
        line=int(table.line[row]),
        import_id=file.import_id,
        month=first_day(int(table.month[row])),
        tenant=None if tenant == NO_CODE else table.tenants.ids[tenant],
        item=None if item == NO_CODE else table.item_names[item],
        association=None if association == NO_CODE else table.associations[association],
        amounts={name: Fraction(value, BILLION) for name, value in amounts.items() if value != NOT_GIVEN},
        decides_only=decides_only,
    )
