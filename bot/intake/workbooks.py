"""Excel workbooks -> their sheets as rows of text, read from their beginning to their end."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import IO, TYPE_CHECKING, Any, Literal

from bot.intake.archives import Bounded, opened_zip
from bot.intake.byte_streams import UNREADABLE, Meter, Opener, TooMuchAtOnceError
from bot.intake.errors import (
    DamagedFileError,
    EmptyFileError,
    NotATextFileError,
    RowTooLongError,
    TooLargeError,
    TooManyMembersError,
)
from bot.intake.findings import printable
from bot.intake.table_stream import Rows

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MOST_SHEETS = 20
MOST_SHEET_ROWS = 1_048_576  # of a sheet, in any workbook
_MOST_OF_A_PART = 8 * 1024**2  # bytes of a part that is read as a whole
_MOST_OF_STRINGS = 16 * 1024**2  # bytes of the texts of all cells
_MOST_OF_A_ROW = 4 * 1024**2  # bytes of its XML
_MOST_CELLS = 100_000  # that are taken together
_EMPTY_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
# What openpyxl raises for parts that are not what they should be; defusedxml's refusals are ValueErrors.
_WRONG_INSIDE = (
    *UNREADABLE,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with something in it. `name` is that of the workbook where it is the only one."""

    name: str
    open_rows: Callable[[], Rows]


def is_workbook(open_bytes: Opener, *, name: str) -> bool:
    """Whether an archive is a workbook.

    Raises: DamagedFileError for no archive; NotATextFileError for documents of other kinds that are archives too.
    """
    with opened_zip(open_bytes, name=name) as archive:
        parts = set(archive.namelist())
    if "[Content_Types].xml" not in parts:
        return False
    if "xl/workbook.bin" in parts or not any(part.startswith("xl/") for part in parts):
        message = f'{name}: is an Office file of another kind; save it as "CSV UTF-8" or as an .xlsx workbook.'
        raise NotATextFileError(message, where=name, looks_like="office")
    return True


def sheets(open_bytes: Opener, *, name: str) -> list[Sheet]:
    """The sheets that have something in them, in the order of the workbook.

    Raises: IntakeError kinds when it is damaged, empty, or holds too much.
    """
    opened = _Opened(open_bytes, name)
    try:
        titles = [sheet.title for sheet in opened.workbook.worksheets]
        if len(titles) > MOST_SHEETS:
            message = f"{name}: has more than {MOST_SHEETS} sheets; save those with a report as CSV."
            raise TooManyMembersError(message, where=name, limit=MOST_SHEETS)
        filled = [index for index in range(len(titles)) if _is_filled(opened, index)]
    finally:
        opened.close()
    if not filled:
        raise EmptyFileError(f"{name}: is empty; download the report again, for a longer period.", where=name)
    if len(filled) == 1:
        return [_sheet(open_bytes, name, name, filled[0])]
    return [_sheet(open_bytes, name, f"{name}/{printable(titles[index])}", index) for index in filled]


def _sheet(open_bytes: Opener, workbook_name: str, name: str, index: int) -> Sheet:
    return Sheet(name, lambda: SheetRows(_Opened(open_bytes, workbook_name), index, name=name))


def _is_filled(opened: "_Opened", index: int) -> bool:
    rows = SheetRows(opened, index, name=opened.name)
    while taken := rows.take(1)[0]:
        if any(cell.strip() for cell in taken[0]):
            return True
    return False


class SheetRows:
    """The rows of a sheet in order, empty ones too; the number of a row is its line."""

    cut_line: int | None = None  # a sheet that is cut off is no workbook any more

    def __init__(self, opened: "_Opened", index: int, *, name: str) -> None:
        """Closes `opened` when it is closed."""
        self.name = name
        self._opened = opened
        self._taken = 0
        try:
            sheet = opened.workbook.worksheets[index]
            sheet.reset_dimensions()  # what a workbook says of its size may be wrong
            self._rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(values_only=True)
        except _WRONG_INSIDE as error:
            raise unreadable(name) from error

    @property
    def delimiter(self) -> None:
        """A sheet has none."""
        return None

    def take(self, most: int) -> tuple[list[list[str]], Sequence[int]]:
        """The next rows, at most so many, with their numbers: a range where no cell holds a line break.

        Raises: IntakeError kinds when the sheet is damaged.
        """
        rows: list[list[str]] = []
        first, cells = self._taken + 1, 0
        try:
            with warnings.catch_warnings(action="ignore"):
                while len(rows) < most and cells < _MOST_CELLS:
                    self._opened.allow(_MOST_OF_A_ROW)
                    row = next(self._rows, None)
                    if row is None:
                        break
                    rows.append([_text(value) for value in row])
                    self._taken += 1
                    cells += len(row)
        except TooMuchAtOnceError as error:
            raise self._too_long(self._taken + 1) from error
        except _WRONG_INSIDE as error:
            raise unreadable(f"{self.name}:{self._taken + 1}") from error
        if self._taken > MOST_SHEET_ROWS:
            raise unreadable(self.name)
        lines = range(first, first + len(rows))
        if any("\n" in cell or "\r" in cell for row in rows for cell in row):
            return rows, list(lines)
        return rows, lines

    def close(self) -> None:
        """Close the workbook."""
        self._opened.close()

    def _too_long(self, line: int) -> RowTooLongError:
        where = f"{self.name}:{line}"
        message = f'{where}: the row here is longer than any row of a report; save the sheet as "CSV UTF-8".'
        return RowTooLongError(message, where=where, line=line, characters=_MOST_OF_A_ROW)


class _Parts(zipfile.ZipFile):
    """The parts of a workbook, none of them longer when unpacked than what memory is there for."""

    meter: Meter | None = None
    label = ""
    is_loading = True

    def open(  # type: ignore[override]
        self, name: str | zipfile.ZipInfo, mode: Literal["r"] = "r", pwd: bytes | None = None
    ) -> IO[bytes]:
        """A part from its beginning, metered; while the workbook is loaded, an empty sheet in the place of each."""
        path = name.filename if isinstance(name, zipfile.ZipInfo) else name
        if self.is_loading and path.startswith("xl/worksheets/"):  # openpyxl would look for its size through all of it
            return io.BytesIO(_EMPTY_SHEET)
        self.meter = Meter(super().open(name, mode, pwd), name=self.label)
        if not self.is_loading:
            self.meter.allow(_MOST_OF_A_ROW)
        else:
            self.meter.allow(_MOST_OF_STRINGS if path.endswith("sharedStrings.xml") else _MOST_OF_A_PART)
        return io.BufferedReader(self.meter, 64 * 1024)


class _Opened:
    """A workbook with what is read as a whole; its sheets are read later."""

    def __init__(self, open_bytes: Opener, name: str) -> None:
        from openpyxl.reader.excel import ExcelReader  # takes longer to load than most commands take

        self.name = name
        below = Bounded(open_bytes(), 64 * 1024)
        try:
            self.parts = _Parts(below)
            self.parts.label = name
            reader = ExcelReader(below, read_only=True, data_only=True, keep_links=False)
            reader.archive = self.parts
            with warnings.catch_warnings(action="ignore"):
                reader.read()
            self.parts.is_loading = False
            self.workbook: Workbook = reader.wb
        except TooMuchAtOnceError as error:
            message = f'{name}: holds more than a workbook of reports does; save its sheets as "CSV UTF-8".'
            raise TooLargeError(message, where=name, limit=_MOST_OF_STRINGS) from error
        except _WRONG_INSIDE as error:
            raise unreadable(name) from error

    def allow(self, count: int) -> None:
        """Let so many bytes of the sheet that is read be read from here on."""
        if self.parts.meter is not None:
            self.parts.meter.allow(count)

    def close(self) -> None:
        """Close the file."""
        self.parts.close()


def unreadable(where: str) -> DamagedFileError:
    """The error for a workbook that is none inside."""
    message = f'{where}: the workbook is damaged or not an ordinary one; open it in Excel and save it as "CSV UTF-8".'
    return DamagedFileError(message, where=where)


def _text(value: object) -> str:
    """A value as a CSV file would have it: days in ISO form, numbers without separators."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
