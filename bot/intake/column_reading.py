"""The columns of one usage report while it is read: chunk by chunk, each row only as codes and amounts."""

from collections.abc import Sequence

import numpy as np

from bot.intake.repeated_rows import Flags, RowHashes
from bot.intake.report_dates import DayOrder, day_order
from bot.intake.report_kinds import FoundColumns, ReportKind
from bot.intake.report_months import normal
from bot.intake.table_stream import Chunk
from bot.intake.tables import plain
from bot.intake.usage_columns import (
    FLAGGED,
    CodedColumn,
    DayColumn,
    FlagColumn,
    NameColumn,
    QuantityColumn,
    TenantCodes,
    TextCodes,
)
from scoring.usage import Field, Integers, Quantity


class KeptCodes(dict[str, int]):
    """1 for each cell with the value whose rows count, 0 for any other."""

    def __init__(self, value: str) -> None:
        super().__init__()
        self._value = plain(value)

    def __missing__(self, cell: str) -> int:
        kept = self[cell] = int(plain(cell) == self._value)
        return kept


class ReadColumns:
    """The columns of a file that say something. `workloads` has those of each workload; "" is the row itself."""

    def __init__(self, headers: Sequence[str], kind: ReportKind) -> None:
        found = FoundColumns(tuple(headers))
        index: dict[Field, int | None] = {field: found.first(names) for field, names in kind.reads.items()}
        self.headers = tuple(headers)
        self.kind = kind
        self.count = 0
        self.month = DayColumn(index["month"])
        self.tenant_codes, self.item_codes = TenantCodes(), TextCodes()
        self.association_codes, self.segment_codes = TextCodes(), TextCodes()
        self.tenant = CodedColumn(index.get("tenant"), self.tenant_codes)
        self.item = CodedColumn(index.get("item"), self.item_codes)
        self.association = CodedColumn(index.get("association"), self.association_codes)
        self.segment = CodedColumn(index.get("segment"), self.segment_codes)
        self.duplicate = FlagColumn(index.get("duplicate"))
        self.associated = DayColumn(index.get("associated"))
        self.names = NameColumn(found.first(kind.tenant_name), self.tenant)
        kept = found.first(kind.keeps.headers) if kind.keeps else None
        self.kept = CodedColumn(kept, KeptCodes(kind.keeps.value if kind.keeps else ""), np.int8)
        self.hashes = RowHashes(headers, kind)
        self.workloads = _workloads(kind, found)
        self._lines = bytearray()
        self._other_days: list[DayColumn] | None = None

    def take(self, chunk: Chunk) -> None:
        """Read some rows."""
        rows, start = chunk.rows, self.count
        for coded in (self.tenant, self.item, self.association, self.segment, self.kept):
            coded.take(rows)
        self.month.take_from(rows, start)
        self.associated.take_from(rows, start)
        self.duplicate.take_from(rows, start)
        for quantity in self.quantities:
            quantity.take_from(rows, start)
        self.names.take(rows)
        self.hashes.take(rows)
        lines = chunk.lines
        self._lines += (
            np.arange(lines.start, lines.stop, dtype=np.int64)
            if isinstance(lines, range)
            else np.array(lines, np.int64)
        ).data
        self.count += len(rows)
        self._take_other_days(chunk, start)

    def _take_other_days(self, chunk: Chunk, start: int) -> None:
        """Days that are not measured show the order of day and month too, if the file's first months need it."""
        if self._other_days is None:
            read = {self.month.index, self.associated.index}
            others = (index for index, header in enumerate(self.headers) if plain(header).endswith("date"))
            is_used = self._order([self.month, self.associated]).is_used
            self._other_days = [DayColumn(index) for index in others if index not in read] if is_used else []
        for column in self._other_days:
            column.take_from(chunk.rows, start)

    @property
    def quantities(self) -> list[QuantityColumn]:
        """All columns of amounts."""
        return [column for columns in self.workloads.values() for column in columns.values()]

    @property
    def least_cells(self) -> int:
        """How many cells a row must have to reach the last column that is read."""
        coded: tuple[CodedColumn, ...] = (
            self.month,
            self.tenant,
            self.item,
            self.association,
            self.duplicate,
            self.kept,
        )
        read = [column.index for column in coded] + [column.index for column in self.quantities]
        return max((index for index in read if index is not None), default=-1) + 1

    @property
    def fields(self) -> frozenset[Field]:
        """What the file has columns for."""
        columns: dict[Field, CodedColumn] = {
            "month": self.month,
            "tenant": self.tenant,
            "item": self.item,
            "association": self.association,
            "segment": self.segment,
            "duplicate": self.duplicate,
            "associated": self.associated,
        }
        given: set[Field] = {field for field, column in columns.items() if column.index is not None}
        given.update(column.quantity for column in self.quantities)
        if self.kind.item_is or (any(self.workloads.values()) and self.kind.workloads):
            given.add("item")
        return frozenset(given)

    def lines(self) -> Integers:
        """The line of each row."""
        return np.frombuffer(self._lines, np.int64)

    def is_kept(self) -> Flags:
        """Which rows count by the report's own kind of row."""
        return np.asarray(self.kept.codes(self.count) != 0)

    def is_flagged(self) -> Flags:
        """Which rows Partner Center marks as duplicates."""
        return np.asarray(self.duplicate.codes(self.count) == FLAGGED)

    def day_order(self) -> DayOrder:
        """How days such as 10/1/2026 are to be read in this file."""
        return self._order([self.month, self.associated, *(self._other_days or ())])

    def _order(self, columns: Sequence[DayColumn]) -> DayOrder:
        lines = self.lines()
        numbered = [
            (int(lines[row]), normal(text))
            for column in columns
            for row, text in zip(column.first_rows, column.texts.texts, strict=True)
        ]
        return day_order(sorted(numbered))


def _workloads(kind: ReportKind, found: FoundColumns) -> dict[str, dict[Quantity, QuantityColumn]]:
    """The columns of amounts by workload."""
    wanted = kind.workloads or {"": kind.quantities}
    return {
        workload: {
            quantity: QuantityColumn(index, quantity)
            for quantity, names in columns.items()
            if (index := found.first(names)) is not None
        }
        for workload, columns in wanted.items()
    }
