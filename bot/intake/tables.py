"""A file that fits into memory -> its headers and rows, each row with its line."""

from dataclasses import dataclass

from bot.intake.findings import EDGES, Rejected
from bot.intake.source_files import SourceFile, open_table
from bot.intake.table_stream import TableStream, plain

__all__ = ["Row", "Table", "plain", "read_table", "table_of"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: as many cells as there are headers, and the line (from 1) on which it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as a table. Cells are text without spaces around it, and never anything but data.

    `rejected` are rows that do not fit the headers.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    rejected: tuple[Rejected, ...] = ()

    @property
    def rows_read(self) -> int:
        """All rows that are not empty, below the header."""
        return len(self.rows) + len(self.rejected)

    def column(self, *names: str) -> int | None:
        """The index of the first of these headers, in any case, width and spacing; None without any."""
        places = {plain(header): index for index, header in enumerate(self.headers) if header}
        return next((places[plain(name)] for name in names if plain(name) in places), None)


def read_table(content: bytes, *, name: str) -> Table:
    """The table in a text file; empty lines are skipped, and rows with more cells than headers are in `rejected`.

    Raises: IntakeError kinds when it is no table.
    """
    return table_of(open_table(SourceFile.of_bytes(content, name=name)))


def table_of(stream: TableStream) -> Table:
    """All of a table that was opened, in memory.

    Raises: IntakeError kinds when the file turns out to be damaged.
    """
    rows = tuple(
        Row(line, tuple([cell.strip(EDGES) for cell in row]))
        for chunk in stream.chunks()
        for line, row in zip(chunk.lines, chunk.rows, strict=True)
    )
    return Table(name=stream.name, headers=stream.headers, rows=rows, rejected=tuple(stream.rejected))
