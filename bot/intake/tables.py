"""Bytes of a CSV or TSV file -> its headers and rows, each row with its line."""

import csv
import io
import re
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.intake.errors import CellTooLongError, NoHeaderError, RepeatedHeaderError, UnclosedQuoteError
from bot.intake.findings import Rejected, shortened
from bot.intake.text_files import decode

_DELIMITERS = "\t,;"
_EDGES = string.whitespace + "\u00a0\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_START = 100_000  # characters in which the header line stands
_QUOTED = re.compile(r'"[^"]*"')
_DELIMITER_LINE = re.compile(r'"?sep=([,;\t])"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)
_NUMBER_OR_DAY = re.compile(r"\d[\d.,:/TZ\- ]*")
_Numbered = Iterator[tuple[int, list[str]]]


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


def plain(words: str) -> str:
    """A header or name of a value without what differs from file to file.

    >>> plain("Training Title") == plain("trainingtitle") == plain("Ｔraining_Title")
    True
    """
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", words).casefold())


def read_table(content: bytes, *, name: str) -> Table:
    """The table in a file; empty lines are skipped, and rows with more cells than headers are in `rejected`.

    Raises: IntakeError kinds when it is no table.
    """
    text = decode(content, name=name)
    delimiter, text, skipped = _delimiter(text)
    numbered = _numbered_rows(text, delimiter, skipped, name)
    headers = _headers(numbered, name)
    rows: list[Row] = []
    rejected: list[Rejected] = []
    for line, cells in numbered:
        row = _row(line, cells, headers, delimiter)
        if isinstance(row, Row):
            rows.append(row)
        else:
            rejected.append(row)
    return Table(name=name, headers=headers, rows=tuple(rows), rejected=tuple(rejected))


def _delimiter(text: str) -> tuple[str, str, int]:
    """The delimiter, the text below a `sep=` line, and how many lines that took."""
    stated = _DELIMITER_LINE.match(text)
    if stated:
        return stated[1], text[stated.end() :], 1
    lines = io.StringIO(text[:_START], newline="")
    header = next((line for line in lines if line.strip(_EDGES)), "")
    header = _QUOTED.sub("", header)
    return max(_DELIMITERS, key=header.count), text, 0


def _numbered_rows(text: str, delimiter: str, skipped: int, name: str) -> _Numbered:
    """Rows that have a cell with something in it, each with its first line."""
    # The empty line at the end becomes a row of its own, unless an open quotation mark swallows it.
    lines = io.StringIO(text + "\n\n", newline="")
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    line = line_before = skipped + 1
    cells: list[str] = []
    try:
        for found in reader:
            cells = found
            stripped = [cell.strip(_EDGES) for cell in cells]
            if any(stripped):
                yield line, stripped
            line_before, line = line, skipped + reader.line_num + 1
    except csv.Error as error:
        raise _too_long(name, line) from error
    if cells:
        where = f"{name}:{line_before}"
        message = f"{where}: a quotation mark is opened here and never closed; close it, or double it inside a cell."
        raise UnclosedQuoteError(message, where=where, line=line_before)


def _too_long(name: str, line: int) -> CellTooLongError:
    limit = csv.field_size_limit()
    message = f"{name}:{line}: a cell has more than {limit} characters; look for a quotation mark that is not closed."
    return CellTooLongError(message, where=f"{name}:{line}", line=line, characters=limit)


def _headers(numbered: _Numbered, name: str) -> tuple[str, ...]:
    line, cells = next(numbered, (1, []))
    while cells and not cells[-1]:
        cells.pop()
    values = [cell for cell in cells if _is_value(cell)]
    if not cells or values:
        first = shortened(values[0] if values else "")
        message = f"{name}:{line}: the first line must name the columns, but has '{first}'; add the header line."
        raise NoHeaderError(message, where=f"{name}:{line}", line=line, first=first)
    places: dict[str, int] = {}
    for index, header in enumerate(cells, start=1):
        before = places.setdefault(plain(header) or header, index) if header else index
        if before != index:
            given = shortened(header)
            message = f"{name}:{line}: '{given}' is given twice (columns {before} and {index}); keep one."
            where = f"{name}:{line}"
            raise RepeatedHeaderError(message, where=where, line=line, header=given, columns=(before, index))
    return tuple(cells)


def _is_value(cell: str) -> bool:
    """Whether a cell is a number, a day or a mail address, which names no column."""
    return "@" in cell or bool(_NUMBER_OR_DAY.fullmatch(cell))


def _row(line: int, cells: list[str], headers: tuple[str, ...], delimiter: str) -> Row | Rejected:
    count = len(headers)
    extra = [cell for cell in cells[count:] if cell]
    if extra:
        message = f"has {len(cells)} cells, but there are {count} columns; put cells with a comma in quotation marks"
        return Rejected(line, "", shortened(extra[0]), "too_many_cells", message)
    swallowed = next((cell for cell in cells if _has_swallowed(cell, count, delimiter)), None)
    if swallowed is not None:
        message = "a quotation mark in this row swallows the rows below it; close it, or double it"
        return Rejected(line, "", shortened(swallowed), "swallowed_rows", message)
    return Row(line, (*cells[:count], *[""] * (count - len(cells))))


def _has_swallowed(cell: str, count: int, delimiter: str) -> bool:
    """Whether whole rows are inside one cell."""
    if "\n" not in cell and "\r" not in cell:
        return False
    return count > 1 and cell.count(delimiter) >= count - 1
