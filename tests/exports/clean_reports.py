"""Reads a folder of clean exports the plain way: csv rows as dictionaries, months as numbers, exact amounts."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path

Row = dict[str, str]
OWN_COLUMNS = (  # a report is known by a column that no other report has
    ("azure", "ACR_USD"),
    ("cpor", "DateAssociated"),
    ("mobility", "IntunePaidAvailableUnits"),
    ("revenue", "AdjustedRevenueAmtCD"),
    ("usage", "MAU"),
    ("subscriptions", "SubscriptionStartMonth"),
    ("customers", "CustomerStatus"),
    ("dynamics", "RevSumCategoryName"),
    ("power_bi", "ActiveSeats"),
    ("office", "WorkloadName"),
)
MONTH_COLUMNS = ("Month", "FiscalMonthName", "Date")
FLAGS = ("IsACRDuplicateAtPGALevel", "IsDuplicateRowForPGA")


@dataclass
class Report:
    """All files of one report: its headers and its rows, each row once."""

    name: str
    headers: frozenset[str] = frozenset()
    rows: list[Row] = field(default_factory=list)

    @cached_property
    def months(self) -> set[int]:
        """The months that the report holds."""
        return set(self.rows_by_month)

    @cached_property
    def rows_by_month(self) -> dict[int, list[Row]]:
        """The rows that are not marked as duplicates, under every month that the report holds."""
        found: dict[int, list[Row]] = {month_of(row): [] for row in self.rows}
        for row in self.counted():
            found[month_of(row)].append(row)
        return found

    def reference(self, on: date) -> int | None:
        """The newest month before the month of a day."""
        return max((month for month in self.months if month < number(on.year, on.month)), default=None)

    @property
    def flagged(self) -> bool:
        """Whether duplicates at the level of the global account are marked."""
        return not self.headers.isdisjoint(FLAGS)

    def counted(self) -> list[Row]:
        """The rows that are not marked as duplicates."""
        return [row for row in self.rows if not any(row.get(flag) == "1" for flag in FLAGS)]

    def missing(self, months: Iterable[int], *columns: str) -> list[str]:
        """What a measure lacks here: columns that no file has, months without a row."""
        lacking = [f"{self.name} {column}" for column in columns if column not in self.headers]
        return lacking + [f"{self.name} {name_of(month)}" for month in sorted(set(months) - self.months)]


def read_folder(folder: Path) -> dict[str, Report]:
    """Every report of a folder by name; rows equal in every cell are one row."""
    reports: dict[str, Report] = {}
    seen: set[tuple[str, frozenset[tuple[str, str]]]] = set()
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            headers = tuple(reader.fieldnames or ())
            name = next((name for name, column in OWN_COLUMNS if column in headers), None)
            if name is None:
                continue
            report = reports.setdefault(name, Report(name))
            report.headers |= frozenset(headers)
            for row in reader:
                cells = (name, frozenset(row.items()))
                if cells not in seen:
                    seen.add(cells)
                    report.rows.append(row)
    return reports


def number(year: int, month: int) -> int:
    """Months counted without a gap."""
    return year * 12 + month - 1


def name_of(month: int) -> str:
    """A month as 2026-10."""
    return f"{month // 12}-{month % 12 + 1:02}"


def last_day(month: int) -> date:
    """The last day of a month."""
    after = month + 1
    return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def month_of(row: Row) -> int:
    """The month of a row: 2026-10 or a day in it."""
    return _month(next(row[column] for column in MONTH_COLUMNS if column in row))


@cache
def _month(text: str) -> int:
    year, month = text.split("-")[:2]
    return number(int(year), int(month))


def amount(row: Row, *columns: str) -> Fraction | None:
    """The first of the columns that a row has; nothing where the cell is empty."""
    text = next((row[column] for column in columns if column in row), "")
    return Fraction(text) if text else None


@cache
def plain(text: str) -> str:
    """A name without case, punctuation and spare spaces."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def tenant_of(row: Row) -> str:
    """The customer's tenant id."""
    return next((row[name] for name in ("CustomerTenantId", "CustomerTenantID") if name in row), "").strip().lower()


_TYPES = {
    "partner admin link": "PAL",
    "pal": "PAL",
    "digital partner of record": "DPOR",
    "partner of record": "DPOR",
    "dpor": "DPOR",
    "csp tier 1": "CSP Tier 1",
    "csp t1": "CSP Tier 1",
    "csp tier 2": "CSP Tier 2",
    "csp t2": "CSP Tier 2",
    "claiming partner of record cpor": "CPOR",
    "cpor": "CPOR",
    "cpor osa": "CPOR OSA",
    "cpor osu": "CPOR OSU",
    "cpor revrec": "CPOR RevRec",
    "cpor revrec performance": "CPOR RevRec Performance",
}


def type_of(row: Row) -> str | None:
    """The association type; none for a type that counts nowhere."""
    columns = ("PartnerAttributionType", "PartnerAssociationType", "PartnerAttachType")
    claim = "cpor" if "DateAssociated" in row else ""  # every row of the claims report is one
    text = next((row[column] for column in columns if column in row), claim)
    return _TYPES.get(plain(text))


@dataclass(frozen=True)
class Entry:
    """One amount under one association type."""

    key: tuple[str, ...]
    type: str | None
    amount: Fraction | None


def combined(entries: Sequence[Entry], types: frozenset[str], *, flagged: bool) -> dict[tuple[str, ...], Fraction]:
    """One amount per key: all kept rows where duplicates are marked, else the type with the highest sum."""
    sums: dict[tuple[tuple[str, ...], str], Fraction] = {}
    for entry in entries:
        if entry.type in types and entry.type is not None and entry.amount is not None:
            own = (entry.key, "all" if flagged else entry.type)
            sums[own] = sums.get(own, Fraction(0)) + entry.amount
    highest: dict[tuple[str, ...], Fraction] = {}
    for (key, _), total in sums.items():
        highest[key] = max(total, highest.get(key, total))
    return highest
