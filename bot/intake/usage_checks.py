"""What the cells of a usage report mean once all of it was read, and which rows are rejected because of them."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

import numpy as np

from bot.intake.column_reading import ReadColumns
from bot.intake.findings import Note, Rejected, shortened
from bot.intake.report_dates import NEVER, Order, WrongDayError, read_day
from bot.intake.report_months import read_month
from bot.intake.usage_columns import MOST_TOLD, DayColumn, WrongCell, WrongCells
from scoring.usage import NO_CODE, Codes, Field, Integers

_LABELS: dict[str, str] = {
    "month": "month",
    "tenant": "tenant id",
    "duplicate": "duplicate flag",
    "associated": "association date",
    "acr": "consumed revenue",
    "revenue": "revenue",
    "paid_seats": "paid seats",
    "active_users": "active users",
    "active_customers": "active customers",
}


@dataclass(frozen=True, eq=False)
class CheckedRows:
    """The month and day of each row (meaningless in rejected ones), and which rows are rejected, from 0.

    `told` says why, of the first of them: a file that is wrong from end to end does not need all of its memory twice.
    """

    month: Codes
    associated: Codes
    rejected: Integers
    told: tuple[Rejected, ...]
    notes: tuple[Note, ...]


def check_rows(columns: ReadColumns) -> CheckedRows:
    """Every row is rejected at most once: for its month, tenant, amounts, flag or day, whichever comes first."""
    order = columns.day_order()
    month, wrong_months = _resolved(columns, "month", columns.month, lambda text: read_month(text, order.order))
    associated, wrong_days = _resolved(
        columns, "associated", columns.associated, lambda text: _ordinal(text, order.order)
    )
    amounts = [quantity.wrong for quantity in columns.quantities]
    wrong = (wrong_months, _no_tenants(columns), *amounts, columns.duplicate.wrong, wrong_days)
    rows = np.unique(np.concatenate([cells.rows() for cells in wrong]))
    first: dict[int, WrongCell] = {}
    for cell in chain.from_iterable(cells.cells for cells in wrong):
        first.setdefault(cell.row, cell)
    columns.month.forget()
    columns.associated.forget()
    lines = columns.lines()
    told = (_rejected(first[row], int(lines[row]), columns.headers) for row in rows[:MOST_TOLD].tolist())
    return CheckedRows(month, associated, rows, tuple(told), order.notes())


def _resolved(
    columns: ReadColumns, field: Field, column: DayColumn, read: Callable[[str], int]
) -> tuple[Codes, WrongCells]:
    """What each row's text means, 0 where it means nothing; and the cells that mean nothing."""
    if column.index is None:
        return np.zeros(columns.count, np.int32), WrongCells()
    meanings = np.zeros(len(column.texts.texts), np.int32)
    wrong: list[int] = []
    for code, text in enumerate(column.texts.texts):
        try:
            meanings[code] = read(text)
        except WrongDayError:
            wrong.append(code)
    codes = column.codes(columns.count)
    return meanings[codes], _wrong_texts(field, column, codes, wrong, read)


def _wrong_texts(
    field: Field, column: DayColumn, codes: Codes, wrong: list[int], read: Callable[[str], int]
) -> WrongCells:
    def cell_of(row: int) -> WrongCell:
        text = column.texts.texts[int(codes[row])]
        try:
            read(text)
        except WrongDayError as error:  # asked again: to keep the reason of each would take much memory
            return WrongCell(row, field, column.index or 0, text, error.kind, error.reason)
        raise AssertionError(f"{text!r} was wrong before")

    found = WrongCells()
    if wrong:
        found.add_rows(np.flatnonzero(np.isin(codes, wrong)), cell_of)
    return found


def _ordinal(text: str, order: Order) -> int:
    day = read_day(text, order)
    if day == NEVER:
        raise WrongDayError("impossible_date", "is too far away")
    return day.toordinal() if day else 0


def _no_tenants(columns: ReadColumns) -> WrongCells:
    found, tenant = WrongCells(), columns.tenant
    if tenant.index is not None:
        index = tenant.index
        rows = np.flatnonzero(tenant.codes(columns.count) == NO_CODE)
        found.add_rows(rows, lambda row: WrongCell(row, "tenant", index, "", "no_tenant", "is empty"))
    return found


def _rejected(cell: WrongCell, line: int, headers: tuple[str, ...]) -> Rejected:
    value = shortened(cell.value)
    label = _LABELS[cell.field]
    message = f'{label} "{value}" {cell.reason}' if value else f"the {label} {cell.reason}"
    return Rejected(line, shortened(headers[cell.index]), value, cell.kind, message, field=cell.field)
