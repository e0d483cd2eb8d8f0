"""Tables of exports in memory, and all the kinds of file that may carry them."""

import csv
import gzip
import io
import random
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from openpyxl import Workbook


@dataclass(frozen=True)
class Sheet:
    """One file of an export: its name without an ending, its headers and cells."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def at(self, column: str) -> int:
        """The place of a column."""
        return self.headers.index(column)

    def with_rows(self, rows: Iterable[Iterable[str]], *, name: str | None = None) -> "Sheet":
        """The same headers over other rows."""
        return replace(self, rows=tuple(tuple(row) for row in rows), name=name or self.name)

    def text(self, *, delimiter: str = ",", end: str = "\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
        """The file as text."""
        file = io.StringIO()
        writer = csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
        writer.writerow(self.headers)
        writer.writerows(self.rows)
        return file.getvalue()


Sheets = list[Sheet]
_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")


def read_sheets(folder: Path) -> Sheets:
    """Every clean file of a folder."""
    sheets = []
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            headers, *rows = csv.reader(file)
        sheets.append(Sheet(path.stem, tuple(headers), tuple(tuple(row) for row in rows)))
    return sheets


def write_csv(folder: Path, sheets: Sheets) -> Path:
    """Plain files, as the hub gives them."""
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in sheets:
        (folder / f"{sheet.name}.csv").write_text(sheet.text(), encoding="utf-8", newline="")
    return folder


def write_encoded(folder: Path, sheets: Sheets, encoding: str, *, mark: bytes = b"") -> Path:
    """Plain files in another encoding, after its mark."""
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in sheets:
        (folder / f"{sheet.name}.csv").write_bytes(mark + sheet.text().encode(encoding))
    return folder


def write_delimited(folder: Path, sheets: Sheets, delimiter: str, *, end: str = "\n", ending: str = "csv") -> Path:
    """Files with another delimiter or another end of line."""
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in sheets:
        text = sheet.text(delimiter=delimiter, end=end)
        (folder / f"{sheet.name}.{ending}").write_text(text, encoding="utf-8", newline="")
    return folder


def write_quoted(folder: Path, sheets: Sheets) -> Path:
    """Every cell in quotes."""
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in sheets:
        (folder / f"{sheet.name}.csv").write_text(sheet.text(quoting=csv.QUOTE_ALL), encoding="utf-8", newline="")
    return folder


def write_zip(folder: Path, sheets: Sheets) -> Path:
    """All files in one archive, in a folder of it."""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / "reports.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets:
            archive.writestr(f"exports/{sheet.name}.csv", sheet.text())
    return folder


def write_gz(folder: Path, sheets: Sheets) -> Path:
    """Each file compressed."""
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in sheets:
        (folder / f"{sheet.name}.csv.gz").write_bytes(gzip.compress(sheet.text().encode(), mtime=0))
    return folder


def write_workbooks(folder: Path, sheets: Sheets) -> Path:
    """One workbook per report; numbers are numbers there and days are days."""
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in sheets:
        book = Workbook(write_only=True)
        page = book.create_sheet(sheet.name)
        page.append(sheet.headers)
        for row in sheet.rows:
            page.append([_cell(text) for text in row])
        book.save(folder / f"{sheet.name}.xlsx")
    return folder


def write_one_workbook(folder: Path, sheets: Sheets) -> Path:
    """All reports as the sheets of one workbook, everything as text."""
    folder.mkdir(parents=True, exist_ok=True)
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.append(sheet.headers)
        for row in sheet.rows:
            page.append(row)
    book.save(folder / "reports.xlsx")
    return folder


def _cell(text: str) -> str | float | int | date | None:
    if not text:
        return None
    if _DAY.fullmatch(text):
        return date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    try:
        return int(text) if text.lstrip("-").isdigit() and not text.startswith("0" * 2) else float(text)
    except ValueError:
        return text


def parts_by_month(sheets: Sheets) -> Sheets:
    """Each report cut into one file per month."""
    found: dict[tuple[str, str], Sheet] = {}
    for sheet in sheets:
        column = sheet.at(next(name for name in ("Month", "FiscalMonthName", "Date") if name in sheet.headers))
        for month in dict.fromkeys(row[column] for row in sheet.rows):
            rows = [row for row in sheet.rows if row[column] == month]
            found[sheet.name, month] = sheet.with_rows(rows, name=f"{sheet.name}-{month}")
    return list(found.values())


def parts_at_random(sheets: Sheets, chance: random.Random, count: int = 3) -> Sheets:
    """The rows of each report dealt out to several files."""
    dealt: Sheets = []
    for sheet in sheets:
        hands: list[list[tuple[str, ...]]] = [[] for _ in range(count)]
        for row in sheet.rows:
            chance.choice(hands).append(row)
        dealt += [sheet.with_rows(hand, name=f"{index}-{sheet.name}") for index, hand in enumerate(hands) if hand]
    return dealt
