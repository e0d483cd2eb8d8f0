"""Text of a CSV or TSV file -> its rows, a few hundred at a time, each with its line."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain

from bot.intake.byte_streams import Opener, TooMuchAtOnceError
from bot.intake.csv_lines import split_lines
from bot.intake.errors import CellTooLongError, FileNotReadableError, UnclosedQuoteError
from bot.intake.findings import EDGES
from bot.intake.text_blocks import TextBlocks
from bot.intake.text_files import (
    DELIMITERS,
    LONGEST_ROW,
    MOST_COLUMNS,
    START,
    TextFile,
    too_long,
    too_many_columns,
)

_QUOTED = re.compile(r'"[^"]*"')
_DELIMITER_LINE = re.compile(r'"?sep=([,;\t])"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)

Taken = tuple[list[list[str]], Sequence[int]]


class CsvRows:
    """The rows of a text file in order, empty ones too."""

    def __init__(self, open_bytes: Opener, found: TextFile, *, name: str) -> None:
        self.name = name
        self._delimiter, self._skipped = _delimiter(found.start)
        self._start = found.start
        self._blocks = TextBlocks(open_bytes, found)
        self._line = self._skipped + 1  # the next one to read, from 1
        self._rows: list[list[str]] = []  # read, and not taken yet
        self._lines: Sequence[int] = range(0)
        self._later_lines: Iterator[str] = iter(())
        self.cut_line: int | None = None

    @property
    def delimiter(self) -> str:
        """The one that the first lines of the file show."""
        return self._delimiter

    def take(self, most: int) -> Taken:
        """The next rows, at most so many, with their lines: a range where no cell holds a line break. Empty at the end.

        Raises: IntakeError kinds for a row that does not end, and for a cell that is too long.
        """
        before = self._blocks.meter.count
        while len(self._rows) < most and not self._blocks.is_end:
            self._read()
            if self._blocks.meter.count - before > LONGEST_ROW // 4:
                break  # rows that are long, though not too long one by one, are taken a few at a time
        rows, lines = self._rows[:most], self._lines[:most]
        self._rows, self._lines = self._rows[most:], self._lines[most:]
        return rows, lines

    def _read(self) -> None:
        """Read the rows that begin in the next block."""
        self._blocks.meter.allow(LONGEST_ROW)
        try:
            text = self._next_text()
            rows = split_lines(text, self._delimiter, longest=csv.field_size_limit())
            if rows is None:
                rows, lines = self._parsed(text)
            else:
                lines = range(self._line, self._line + len(rows))
                self._line = lines.stop
        except TooMuchAtOnceError as error:
            raise self._row_too_long(self._line) from error
        except UnicodeDecodeError as error:
            message = f"{self.name}: was changed while it was read; import it again."
            raise FileNotReadableError(message, where=self.name, reason="changed") from error
        if self._blocks.is_end:  # the empty line at the end is a row of its own, unless an open mark swallows it
            self._check_closed(rows[-1], lines[-1])
            rows, lines = rows[:-1], lines[:-1]
            self.cut_line = lines[-1] if lines and self._blocks.is_cut else None
        self._lines = _joined(self._lines, lines)
        self._rows += rows

    def _next_text(self) -> str:
        text = self._blocks.take()
        if self._line == self._skipped + 1 and self._skipped:
            text = "".join(list(io.StringIO(text, newline=""))[self._skipped :]) or self._blocks.take()
        return text

    def _parsed(self, text: str) -> tuple[list[list[str]], Sequence[int]]:
        """The rows that begin in the text; the last of them may end in a later block."""
        taken = list(io.StringIO(text, newline=""))
        reader = csv.reader(chain(taken, self._later()), delimiter=self._delimiter, skipinitialspace=True)
        first = self._line
        rows: list[list[str]] = []
        lines: list[int] = []
        try:
            while reader.line_num < len(taken):
                rows.append(next(reader))
                lines.append(self._line)
                self._line = first + reader.line_num
        except csv.Error as error:
            raise self._cell_too_long(self._line) from error
        self._blocks.put_back("".join(self._later_lines))
        is_one_each = self._line - first == len(rows)
        return rows, range(first, self._line) if is_one_each else lines

    def _later(self) -> Iterator[str]:
        while text := self._blocks.take():
            self._later_lines = iter(list(io.StringIO(text, newline="")))
            yield from self._later_lines

    def close(self) -> None:
        """Close the file."""
        self._blocks.close()

    def _check_closed(self, cells: list[str], line: int) -> None:
        if cells:
            where = f"{self.name}:{line}"
            message = f"{where}: a quotation mark is opened here and never closed; close it, or double it in a cell."
            raise UnclosedQuoteError(message, where=where, line=line)

    def _cell_too_long(self, line: int) -> CellTooLongError:
        limit, where = csv.field_size_limit(), f"{self.name}:{line}"
        message = f"{where}: a cell has more than {limit} characters; look for a quotation mark that is not closed."
        return CellTooLongError(message, where=where, line=line, characters=limit)

    def _row_too_long(self, line: int) -> Exception:
        if self._start.count(self._delimiter) > MOST_COLUMNS and not re.search(r"[\r\n]", self._start):
            return too_many_columns(self.name, line)
        return too_long(self.name, line)


def _delimiter(start: str) -> tuple[str, int]:
    """The delimiter, and whether a line at the beginning states it: 1 or 0 lines to skip."""
    stated = _DELIMITER_LINE.match(start)
    if stated:
        return stated[1], 1
    lines = io.StringIO(start[:START], newline="")
    header = next((line for line in lines if line.strip(EDGES)), "")
    header = _QUOTED.sub("", header)
    return max(DELIMITERS, key=header.count), 0


def _joined(before: Sequence[int], after: Sequence[int]) -> Sequence[int]:
    if not before:
        return after
    if isinstance(before, range) and isinstance(after, range) and (before.stop == after.start or not after):
        return range(before.start, before.stop + len(after))
    return [*before, *after]
