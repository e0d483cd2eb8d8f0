"""Rows that cannot be used, put among clean ones: exactly these must be rejected, and nothing else may change."""

import random
from dataclasses import dataclass, replace

from tests.exports.sheets import Sheet, Sheets

MONTHS = ("Month", "FiscalMonthName", "Date")
TENANTS = ("CustomerTenantId", "CustomerTenantID")
DOLLARS = ("ACR_USD", "AdjustedRevenueAmtCD")
USERS = ("PaidAvailableUnits", "MonthlyActiveUsers", "MAU", "AADPPaidAvailableUnits")
FLAGS = ("IsACRDuplicateAtPGALevel", "IsDuplicateRowForPGA")


@dataclass(frozen=True)
class Planted:
    """Where a wrong cell stands; no column for a row that is too long."""

    file: str
    line: int
    kind: str
    column: str
    value: str


@dataclass(frozen=True)
class Wrong:
    """A kind of wrong cell: in which columns it may stand and what stands there."""

    kind: str
    columns: tuple[str, ...]
    values: tuple[str, ...]


WRONGS = (
    Wrong("month", MONTHS, ("2026-13", "not a month", "13/13/2026", "")),
    Wrong("tenant", TENANTS, ("", "  ")),
    Wrong("amount", (*DOLLARS, *USERS), ("12x", "n/a", "1.2.3", "--5", "=1+1")),
    Wrong("below_zero", USERS, ("-1", "(5)", "-300")),
    Wrong("flag", FLAGS, ("2", "maybe", "-1")),
    Wrong("day", ("DateAssociated",), ("2026-02-30", "soon", "31/31/2026")),
)
TOO_LONG = "too many cells"


def planted(sheets: Sheets, chance: random.Random, *, each: int = 2) -> tuple[Sheets, list[Planted]]:
    """Every kind of wrong row that a file can have, at random places, and the list of them."""
    dirty: Sheets = []
    places: list[Planted] = []
    for sheet in sheets:
        rows = [*((row, None) for row in sheet.rows), *_wrong_rows(sheet, chance, each)]
        chance.shuffle(rows)
        dirty.append(replace(sheet, rows=tuple(row for row, _ in rows)))
        for line, (_, wrong) in enumerate(rows, start=2):
            if wrong is not None:
                places.append(Planted(f"{sheet.name}.csv", line, *wrong))
    return dirty, sorted(places, key=lambda place: (place.file, place.line))


_Wrong = tuple[tuple[str, ...], tuple[str, str, str] | None]


def _wrong_rows(sheet: Sheet, chance: random.Random, each: int) -> list[_Wrong]:
    found: list[_Wrong] = []
    for wrong in WRONGS:
        columns = [column for column in wrong.columns if column in sheet.headers and _is_read(column, sheet)]
        for _ in range(each if columns else 0):
            column, value = chance.choice(columns), chance.choice(wrong.values)
            cells = list(chance.choice(sheet.rows))
            cells[sheet.at(column)] = value
            found.append((tuple(cells), (wrong.kind, column, value)))
    found.append(((*chance.choice(sheet.rows), "one more"), (TOO_LONG, "", "")))
    return found


def _is_read(column: str, sheet: Sheet) -> bool:
    """Enterprise Mobility tells seats and users by product; nothing reads its two columns for all of them."""
    return "AADPPaidAvailableUnits" not in sheet.headers or column not in ("PaidAvailableUnits", "MonthlyActiveUsers")
