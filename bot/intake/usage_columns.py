"""One column of a usage report, read chunk by chunk: each distinct text is understood once, rows keep its code."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.intake.findings import EDGES
from bot.intake.usage_amounts import WrongAmount, read_amounts
from scoring.usage import NO_CODE, NOT_GIVEN, Codes, Integers, Quantity

Rows = Sequence[Sequence[str]]
NOT_FLAGGED, FLAGGED, NO_FLAG = 0, 1, 2
_FLAGS = {
    **dict.fromkeys(("", "0", "0.0", "false", "no"), NOT_FLAGGED),
    **dict.fromkeys(("1", "1.0", "true", "yes"), FLAGGED),
}
MOST_TOLD = 50_000  # rejected rows of one file


class TextCodes(dict[str, int]):
    """The code of each cell. `texts` are the cells without outer spaces, by code; NO_CODE stands for empty ones."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._codes: dict[str, int] = {}

    def __missing__(self, cell: str) -> int:
        text = cell.strip(EDGES)
        code = self[cell] = self.code(text) if text else NO_CODE
        return code

    def code(self, text: str) -> int:
        """The code of a text that is not empty."""
        code = self._codes.setdefault(text, len(self._codes))
        if code == len(self.texts):
            self.texts.append(text)
        return code


class TenantCodes(TextCodes):
    """The code of each tenant id, whatever its case; of several spellings, `texts` has the first by the alphabet."""

    def code(self, text: str) -> int:
        """The code of a tenant id that is not empty."""
        code = self._codes.setdefault(text.casefold(), len(self._codes))
        if code == len(self.texts):
            self.texts.append(text)
        self.texts[code] = min(self.texts[code], text)
        return code


class DayCodes(TextCodes):
    """The code of each month or day, as text: what it means may depend on cells further down. Empty ones too."""

    def __missing__(self, cell: str) -> int:
        code = self[cell] = self.code(cell.strip(EDGES))
        return code


class FlagCodes(dict[str, int]):
    """FLAGGED, NOT_FLAGGED or NO_FLAG for each cell."""

    def __missing__(self, cell: str) -> int:
        flag = self[cell] = _FLAGS.get(cell.strip(EDGES).casefold(), NO_FLAG)
        return flag


class CodedColumn:
    """A column whose cells become codes; -1 in every row where the file has no such column.

    `cells` are those of the rows taken last.
    """

    def __init__(self, index: int | None, codes: dict[str, int], kind: type[np.signedinteger[Any]] = np.int32) -> None:
        self.index = index
        self.by_cell = codes
        self.cells: list[str] = []
        self._kind = kind
        self._taken = bytearray()

    def take(self, rows: Rows) -> NDArray[Any] | None:
        """Read the column of some rows, and give their codes."""
        index = self.index
        if index is None:
            return None
        self.cells = [row[index] for row in rows]
        codes = np.fromiter(map(self.by_cell.__getitem__, self.cells), self._kind, len(rows))
        self._taken += codes.data
        return codes

    def codes(self, count: int) -> Codes:
        """The codes of all rows that were taken."""
        if self.index is None:
            return np.full(count, NO_CODE, np.int32)
        return np.frombuffer(self._taken, self._kind)

    def forget(self) -> None:
        """Give the memory back, once nobody uses the codes any more."""
        self._taken = bytearray()


class DayColumn(CodedColumn):
    """A column of months or days. `first_rows` has the row (from 0) in which each code stands first."""

    def __init__(self, index: int | None) -> None:
        self.texts = DayCodes()
        self.first_rows: list[int] = []
        super().__init__(index, self.texts)

    def take_from(self, rows: Rows, start: int) -> None:
        """Read the column of some rows, the first of which is row `start`."""
        codes = self.take(rows)
        known = len(self.first_rows)
        if codes is not None and len(self.texts.texts) > known:
            new, places = np.unique(codes, return_index=True)
            self.first_rows += (start + places[new >= known]).tolist()


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A cell that means nothing: the row (from 0), what it stands for, its column, and why it was not taken."""

    row: int
    field: str
    index: int
    value: str
    kind: str
    reason: str


class WrongCells:
    """The cells of a column that mean nothing: the rows of all (from 0), and the first of the cells, in order.

    A file that is wrong from end to end does not need all of its memory twice.
    """

    def __init__(self) -> None:
        self.cells: list[WrongCell] = []
        self._rows = array("q")

    def add(self, cell: WrongCell) -> None:
        """Take one more, of a later row."""
        self._rows.append(cell.row)
        if len(self.cells) < MOST_TOLD:
            self.cells.append(cell)

    def add_rows(self, rows: Integers, cell_of: Callable[[int], WrongCell]) -> None:
        """Take those of many rows."""
        self._rows.frombytes(rows.astype(np.int64).tobytes())
        self.cells += map(cell_of, rows[: MOST_TOLD - len(self.cells)].tolist())

    def rows(self) -> Integers:
        """The rows of all of them."""
        return np.frombuffer(self._rows, np.int64) if self._rows else np.empty(0, np.int64)


class FlagColumn(CodedColumn):
    """The column that marks duplicates. `wrong` are its cells that are neither yes nor no."""

    def __init__(self, index: int | None) -> None:
        super().__init__(index, FlagCodes(), np.int8)
        self.wrong = WrongCells()

    def take_from(self, rows: Rows, start: int) -> None:
        """Read the column of some rows, the first of which is row `start`."""
        flags = self.take(rows)
        if flags is None or self.index is None:
            return
        for place in np.flatnonzero(flags == NO_FLAG).tolist():
            value = self.cells[place].strip(EDGES)
            reason = "is neither 0 nor 1"
            self.wrong.add(WrongCell(start + place, "duplicate", self.index, value, "not_a_flag", reason))


class QuantityColumn:
    """A column of amounts. `wrong` are its cells that are none, or are below zero where nothing can be."""

    def __init__(self, index: int, quantity: Quantity) -> None:
        self.index = index
        self.quantity = quantity
        self.wrong = WrongCells()
        self._may_be_negative = quantity in ("acr", "revenue")
        self._taken = bytearray()

    def take_from(self, rows: Rows, start: int) -> None:
        """Read the column of some rows, the first of which is row `start`."""
        index = self.index
        cells = [row[index] for row in rows]
        amounts, wrong = read_amounts(cells)
        if not self._may_be_negative:
            below = np.flatnonzero((amounts < 0) & (amounts != NOT_GIVEN)).tolist()
            wrong += [
                WrongAmount(place, "negative", "is below zero, which a number of them cannot be") for place in below
            ]
        for one in wrong:
            cell = cells[one.place]
            self.wrong.add(WrongCell(start + one.place, self.quantity, index, cell, one.kind, one.reason))
        self._taken += amounts.data

    def amounts(self) -> Integers:
        """All amounts that were taken, in billionths."""
        return np.frombuffer(self._taken, np.int64)

    def forget(self) -> None:
        """Give the memory back, once nobody uses the amounts any more."""
        self._taken = bytearray()


class NameColumn:
    """The names of tenants, by the code of the tenant; of several, the first by the alphabet."""

    def __init__(self, index: int | None, tenant: CodedColumn) -> None:
        self.index = index
        self._tenant = tenant
        self._pairs: set[tuple[str, str]] = set()

    def take(self, rows: Rows) -> None:
        """Read the names of some rows, whose tenants were taken last."""
        index = self.index
        if index is not None and self._tenant.index is not None:
            self._pairs.update(zip(self._tenant.cells, [row[index] for row in rows], strict=True))

    def names(self, count: int) -> list[str]:
        """The name of each tenant; empty where none is given."""
        names = [""] * count
        for tenant, cell in sorted(self._pairs, reverse=True, key=lambda pair: pair[1].strip(EDGES)):
            code, name = self._tenant.by_cell[tenant], cell.strip(EDGES)
            if code != NO_CODE and name:
                names[code] = name
        return names
