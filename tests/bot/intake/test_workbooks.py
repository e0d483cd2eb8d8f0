import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bot.intake.source_files import open_table
from tests.bot.intake.source_folder import error, rows, sources, zipped

SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, cells in sheets.items():
        sheet = book.create_sheet(title)
        for row in cells:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    assert part in dict(parts)
    return zipped(*((name, change(inside) if name == part else inside) for name, inside in parts))


def test_values_become_the_text_of_a_csv_file(tmp_path: Path) -> None:
    moment = datetime(2026, 10, 1, 12, 30)  # noqa: DTZ001 - workbooks know no time zones
    values = [date(2026, 10, 1), moment, 3.0, 0.1, 1234567, True, None, " x "]
    content = workbook(Only=[[], list("abcdefgh"), values, ["y"]])
    (source,) = sources(tmp_path / "book.xlsx", content)
    first = ["2026-10-01", "2026-10-01 12:30:00", "3", "0.1", "1234567", "1", "", " x "]
    assert source.name == "book.xlsx"
    assert open_table(source).headers == tuple("abcdefgh")
    assert rows(source) == [(3, first), (4, ["y", *[""] * 7])]
    assert (source.size, source.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_every_sheet_with_something_in_it_is_a_source(tmp_path: Path) -> None:
    content = workbook(Azure=[["Month"], ["2026-10"]], Empty=[], Seats=[["Tenant"], ["x\ny"]])
    azure, seats = sources(tmp_path / "book.xlsx", content)
    assert (azure.name, seats.name) == ("book.xlsx/Azure", "book.xlsx/Seats")
    assert rows(azure) == [(2, ["2026-10"])]
    (chunk,) = open_table(seats).chunks()
    assert (chunk.rows, chunk.lines) == ([["x\ny"]], [2])


def test_a_workbook_in_an_archive_is_read(tmp_path: Path) -> None:
    content = zipped(("book.xlsx", workbook(A=[["Month"], ["2026-10"]], B=[["Tenant"], ["x"]])))
    first, second = sources(tmp_path / "reports.zip", content)
    assert (first.name, second.name) == ("reports.zip/book.xlsx/A", "reports.zip/book.xlsx/B")
    assert rows(second) + rows(first) == [(2, ["x"]), (2, ["2026-10"])]


def test_a_workbook_without_anything_in_it_is_empty(tmp_path: Path) -> None:
    assert error(sources(tmp_path / "book.xlsx", workbook(A=[], B=[]))).kind == "empty_file"


def test_the_size_that_a_sheet_says_it_has_is_not_believed(tmp_path: Path) -> None:
    content = workbook(A=[["Month", "Tenant"], ["2026-10", "x"]])
    for size in (b"A1:A1", b"A1:XFD1048576"):
        lying = changed(content, SHEET, _replaced(b'ref="A1:B2"', b'ref="' + size + b'"'))
        assert lying != content
        assert rows(*sources(tmp_path / "book.xlsx", lying)) == [(2, ["2026-10", "x"])]


def _replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(old, new)


def _sheet(inside: bytes) -> Callable[[bytes], bytes]:
    return lambda _: b"<worksheet " + MAIN.encode() + b"><sheetData>" + inside + b"</sheetData></worksheet>"


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("part", "change", "kind"),
    [
        (SHEET, lambda xml: ENTITIES + xml, "damaged_file"),
        ("xl/workbook.xml", lambda xml: ENTITIES + xml, "damaged_file"),
        (SHEET, lambda xml: xml[: len(xml) // 2], "damaged_file"),
        (SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r="99999999999"'), "damaged_file"),
        (SHEET, lambda xml: xml.replace(b'r="A2"', b'r="ZZZZZZ2"'), "damaged_file"),
        (SHEET, lambda xml: xml.replace(b"<v>7</v>", b"<v>seven</v>"), "damaged_file"),
        (SHEET, _sheet(b'<row r="1">' + b"<c/>" * 4_000_000 + b"</row>"), "row_too_long"),
        ("xl/styles.xml", lambda xml: xml + b" " * 10_000_000, "too_large"),
        ("xl/workbook.xml", lambda _: b"<x/>", "empty_file"),
    ],
)
def test_a_hostile_workbook_gets_a_sentence(
    tmp_path: Path, part: str, change: Callable[[bytes], bytes], kind: str
) -> None:
    content = changed(workbook(A=[["Month", "Tenant"], ["2026-10", 7]]), part, change)
    assert error(sources(tmp_path / "book.xlsx", content)).kind == kind


def test_too_many_sheets_are_refused(tmp_path: Path) -> None:
    content = workbook(**{f"S{number}": [["a"]] for number in range(21)})
    assert error(sources(tmp_path / "book.xlsx", content)).kind == "too_many_members"


def test_documents_of_other_kinds_are_named_as_such(tmp_path: Path) -> None:
    for part in ("word/document.xml", "xl/workbook.bin"):
        content = zipped(("[Content_Types].xml", b"<Types/>"), (part, b"?"))
        assert error(sources(tmp_path / "document", content)).kind == "not_a_text_file"


def test_a_formula_gives_the_value_that_was_saved_with_it(tmp_path: Path) -> None:
    cell = b'<row r="1"><c r="A1" t="str"><v>Month</v></c></row><row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'
    content = changed(workbook(A=[["x"]]), SHEET, _sheet(cell))
    assert rows(*sources(tmp_path / "book.xlsx", content)) == [(2, ["2"])]
