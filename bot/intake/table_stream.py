"""The rows of a CSV file or sheet in chunks, as wide as its headers, in bounded memory."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Protocol

from bot.intake.errors import NoHeaderError, RepeatedHeaderError, TooManyMisfitsError
from bot.intake.findings import EDGES, Rejected, shortened
from bot.intake.text_files import MOST_COLUMNS, too_many_columns

MOST_ROWS = 512  # of a chunk; more of them leave the processor's cache, and reading takes half as long again
MOST_MISFITS = 100_000
_MOST_CELLS = 20_000  # of a chunk
_NUMBER_OR_DAY = re.compile(r"\d[\d.,:/TZ\- ]*")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows, each with as many cells as there are headers; cells are as the file has them, with their spaces.

    `lines` are the lines on which the rows begin, from 1: a range when the rows stand on lines that follow each
    other and no cell holds a line break, else a list.
    """

    rows: list[list[str]]
    lines: Sequence[int]


class Rows(Protocol):
    """Rows with their lines as a file has them, headers and empty rows among them.

    `cut_line` is the line of the last row where nothing ends that line, known once the row was taken.
    """

    cut_line: int | None

    @property
    def delimiter(self) -> str | None:
        """What stands between cells; None where quotation marks mean nothing."""

    def take(self, most: int) -> tuple[list[list[str]], Sequence[int]]:
        """The next rows, at most so many; empty at the end."""

    def close(self) -> None:
        """Close what is below."""


class TableStream:
    """A table that is read once from its beginning to its end. `rejected` and `rows_read` grow with the chunks.

    `rejected` are rows that do not fit the headers; `rows_read` counts them too, but no empty rows. Rows with
    fewer cells than `least_cells` (0: any number will do, as people type them) do not fit either.
    """

    def __init__(self, rows: Rows, *, name: str) -> None:
        """Raises: IntakeError kinds when the first row that is not empty names no columns."""
        self.name = name
        self.least_cells = 0
        self.rejected: list[Rejected] = []
        self.rows_read = 0
        self._rows = rows
        self.headers = _headers(rows, name)
        self._first = itemgetter(0)

    def chunks(self) -> Iterator[Chunk]:
        """All rows below the headers, in order.

        Raises: IntakeError kinds when the file turns out to be damaged, with its line.
        """
        most = max(1, min(MOST_ROWS, _MOST_CELLS // len(self.headers)))
        try:
            while True:
                rows, lines = self._rows.take(most)
                if not rows:
                    return
                if not self._fit(rows, lines):
                    rows, lines = self._sort_out(rows, lines)
                self.rows_read += len(rows)
                if rows:
                    yield Chunk(rows, lines)
        finally:
            self.close()

    def close(self) -> None:
        """Close the file; reading to the end does so too."""
        self._rows.close()

    def _fit(self, rows: list[list[str]], lines: Sequence[int]) -> bool:
        """Whether the rows are as wide as the headers, none of them empty, without line breaks."""
        if type(lines) is not range or set(map(len, rows)) != {len(self.headers)}:
            return False
        return all(map(str.strip, map(self._first, rows)))

    def _sort_out(self, rows: list[list[str]], lines: Sequence[int]) -> tuple[list[list[str]], Sequence[int]]:
        kept: list[list[str]] = []
        kept_lines: list[int] = []
        for line, row in zip(lines, rows, strict=True):
            if not any(map(str.strip, row)) or not any(cell.strip(EDGES) for cell in row):
                continue
            problem = self._problem(line, row, has_breaks=type(lines) is not range)
            if problem is None:
                kept.append(self._filled(row))
                kept_lines.append(line)
            else:
                self._reject(problem)
        if type(lines) is range and kept and kept_lines[-1] - kept_lines[0] == len(kept) - 1:
            return kept, range(kept_lines[0], kept_lines[-1] + 1)
        return kept, kept_lines

    def _filled(self, row: list[str]) -> list[str]:
        count = len(self.headers)
        if len(row) == count:
            return row
        return row[:count] if len(row) > count else [*row, *[""] * (count - len(row))]

    def _problem(self, line: int, row: list[str], *, has_breaks: bool) -> Rejected | None:
        count = len(self.headers)
        extra = next((cell for cell in row[count:] if cell.strip(EDGES)), None) if len(row) > count else None
        if extra is not None:
            message = f"has {len(row)} cells, but there are {count} columns; put cells with a comma in quotation marks"
            return Rejected(line, "", shortened(extra.strip(EDGES)), "too_many_cells", message)
        if len(row) < self.least_cells:
            return self._too_short(line, row)
        swallowed = next((cell for cell in row if self._has_swallowed(cell)), None) if has_breaks else None
        if swallowed is not None:
            message = "a quotation mark in this row swallows the rows below it; close it, or double it"
            return Rejected(line, "", shortened(swallowed.strip(EDGES)), "swallowed_rows", message)
        return None

    def _too_short(self, line: int, row: list[str]) -> Rejected:
        last = shortened(row[-1].strip(EDGES))
        if line == self._rows.cut_line:
            message = f"is cut off: it has {len(row)} of {len(self.headers)} cells, and the file ends there; "
            return Rejected(line, "", last, "cut_off", f"{message}download it again")
        message = f"has {len(row)} cells, but there are {len(self.headers)} columns, and cells that count are missing"
        return Rejected(line, "", last, "too_few_cells", message)

    def _has_swallowed(self, cell: str) -> bool:
        """Whether whole rows are inside one cell."""
        if self._rows.delimiter is None or ("\n" not in cell and "\r" not in cell):
            return False
        count = len(self.headers)
        return count > 1 and cell.count(self._rows.delimiter) >= count - 1

    def _reject(self, problem: Rejected) -> None:
        self.rejected.append(problem)
        self.rows_read += 1
        if len(self.rejected) > MOST_MISFITS:
            line = self.rejected[0].line
            message = (
                f"{self.name}:{line}: more than {MOST_MISFITS} rows from here on do not fit the headers; "
                "download the report again."
            )
            raise TooManyMisfitsError(message, where=f"{self.name}:{line}", line=line, limit=MOST_MISFITS)


def plain(words: str) -> str:
    """A header or name of a value without what differs from file to file.

    >>> plain("Training Title") == plain("trainingtitle") == plain("Ｔraining_Title")
    True
    """
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", words).casefold())


def _headers(rows: Rows, name: str) -> tuple[str, ...]:
    line, cells = _first_row(rows)
    while cells and not cells[-1]:
        cells.pop()
    values = [cell for cell in cells if _is_value(cell)]
    if not cells or values:
        first = shortened(values[0] if values else "")
        message = f"{name}:{line}: the first line must name the columns, but has '{first}'; add the header line."
        raise NoHeaderError(message, where=f"{name}:{line}", line=line, first=first)
    if len(cells) > MOST_COLUMNS:
        raise too_many_columns(name, line)
    places: dict[str, int] = {}
    for index, header in enumerate(cells, start=1):
        before = places.setdefault(plain(header) or header, index) if header else index
        if before != index:
            given = shortened(header)
            message = f"{name}:{line}: '{given}' is given twice (columns {before} and {index}); keep one."
            where = f"{name}:{line}"
            raise RepeatedHeaderError(message, where=where, line=line, header=given, columns=(before, index))
    return tuple(cells)


def _first_row(rows: Rows) -> tuple[int, list[str]]:
    """The first row with something in it, without spaces around its cells."""
    while True:
        taken, lines = rows.take(1)
        if not taken:
            return 1, []
        cells = [cell.strip(EDGES) for cell in taken[0]]
        if any(cells):
            return lines[0], cells


def _is_value(cell: str) -> bool:
    """Whether a cell is a number, a day or a mail address, which names no column."""
    return "@" in cell or bool(_NUMBER_OR_DAY.fullmatch(cell))
