import codecs

import pytest

from bot.intake.errors import IntakeError
from bot.intake.tables import Row, Table, read_table

TEXT = "TrainingTitle,IndividualLastName\nAZ-104,見本\n"


def table(text: str, encoding: str = "utf-8") -> Table:
    return read_table(text.encode(encoding), name="report.csv")


def error(content: bytes) -> IntakeError:
    with pytest.raises(IntakeError) as caught:
        read_table(content, name="report.csv")
    assert str(caught.value).startswith("report.csv")
    return caught.value


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("cp932"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be", "bare utf-16-le", "bare utf-16-be", "cp932"],
)
def test_every_encoding_gives_the_same_table(content: bytes) -> None:
    read = read_table(content, name="report.csv")
    assert read.headers == ("TrainingTitle", "IndividualLastName")
    assert read.rows == (Row(2, ("AZ-104", "見本")),)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_gives_the_same_lines(ending: str) -> None:
    assert table(ending.join(["a,b", "1,2", "3,4"])).rows == (Row(2, ("1", "2")), Row(3, ("3", "4")))


@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
def test_the_header_line_tells_the_delimiter(delimiter: str) -> None:
    read = table(delimiter.join(["a", '"b,;\t"', "c"]) + "\n" + delimiter.join(["1", "2", "3"]))
    assert read.headers == ("a", "b,;", "c")
    assert read.rows == (Row(2, ("1", "2", "3")),)


def test_a_line_that_states_the_delimiter_is_obeyed_and_counted() -> None:
    read = table('sep=;\r\na;"b,c,d"\r\n1;2\r\n')
    assert read.headers == ("a", "b,c,d")
    assert read.rows == (Row(3, ("1", "2")),)


def test_lines_are_those_of_the_file_when_cells_span_lines() -> None:
    read = table('a,b\n"one\ntwo\nthree",x\n\n,\ny,z\n')
    assert read.rows == (Row(2, ("one\ntwo\nthree", "x")), Row(7, ("y", "z")))


def test_cells_lose_spaces_marks_and_zero_width_signs_around_them() -> None:
    read = table("a,b\n \u3000見本\u200b , \ufeffx\u00a0\n")
    assert read.rows == (Row(2, ("見本", "x")),)


def test_what_a_spreadsheet_would_evaluate_stays_data() -> None:
    read = table('a,b,c\n\'0012,=1+1,"=HYPERLINK(""x"")"\n')
    assert read.rows == (Row(2, ("'0012", "=1+1", '=HYPERLINK("x")')),)


def test_a_short_row_is_filled_and_empty_cells_after_the_last_column_are_dropped() -> None:
    assert table("a,b\n1\n2,3,,\n").rows == (Row(2, ("1", "")), Row(3, ("2", "3")))


def test_a_row_with_more_cells_than_headers_is_rejected_and_the_others_are_read() -> None:
    read = table("a,b\n1,2,3\n4,5\n")
    assert [(one.line, one.reason_kind, one.value) for one in read.rejected] == [(2, "too_many_cells", "3")]
    assert read.rows == (Row(3, ("4", "5")),)
    assert read.rows_read == 2


def test_a_row_whose_quotation_mark_swallows_rows_is_rejected() -> None:
    read = table('a,b\n"1,2\n3,4\n5",6\n7,8\n')
    assert [(one.line, one.reason_kind) for one in read.rejected] == [(2, "swallowed_rows")]
    assert read.rows == (Row(5, ("7", "8")),)


def test_headers_are_found_in_any_case_width_and_spacing() -> None:
    assert table("Training Title,ＭＣＰＩＤ\nx,1\n").column("nothing", "TrainingTitle") == 0
    assert table("Training Title,ＭＣＰＩＤ\nx,1\n").column("mcpid") == 1
    assert table("a,b\n1,2\n").column("c") is None


def test_a_report_without_rows_is_a_table() -> None:
    assert table("TrainingTitle,MCPID\n").rows_read == 0


@pytest.mark.parametrize("content", [b"", b"\n \r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_is_said_to_be_empty(content: bytes) -> None:
    assert error(content).kind == "empty_file"


@pytest.mark.parametrize(
    ("content", "looks_like"),
    [
        (b"PK\x03\x04\x14\x00....xl/workbook.xml", "xlsx"),
        (b"PK\x03\x04\x14\x00....report.csv", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
        (b"%PDF-1.7", "pdf"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\n<!DOCTYPE html><html>", "html"),
        (codecs.BOM_UTF16_LE + "<html>".encode("utf-16-le"), "html"),
        (b'<?xml version="1.0"?><Workbook>', "xml"),
    ],
)
def test_a_file_of_another_format_is_named_with_what_to_do(content: bytes, looks_like: str) -> None:
    found = error(content)
    assert (found.kind, found.values["looks_like"]) == ("not_a_text_file", looks_like)
    assert ("CSV" in found.message) == (looks_like != "")


def test_nul_bytes_are_an_error_with_their_line() -> None:
    found = error(b"a,b\nabcdefgh,ijklmnop\n1,\x002\n")
    assert (found.kind, found.values["line"]) == ("nul_bytes", 3)


def test_bytes_of_no_known_encoding_are_an_error_with_their_line() -> None:
    found = error(b"a,b\n1,\xff\xff\n")
    assert (found.kind, found.values["line"]) == ("unknown_encoding", 2)


def test_utf_8_that_is_cut_off_is_not_read_as_something_else() -> None:
    assert error("a,b\n見本,例\n".encode() + "見".encode()[:2]).kind == "unknown_encoding"


@pytest.mark.parametrize("first", ["AZ-104,hanako@example.com", "1,2026-10-01", "x,10/1/2026", ",,"])
def test_a_first_line_that_names_no_columns_is_an_error(first: str) -> None:
    content = f"{first}\na,b\n" if first != ",," else ",,\n,\n"
    assert error(content.encode()).kind == "no_header"


def test_a_header_given_twice_is_named() -> None:
    found = error(b"Email,MCPID,e-mail\n")
    assert found.kind == "repeated_header"
    assert found.message == "report.csv:1: 'e-mail' is given twice (columns 1 and 3); keep one."


def test_an_open_quotation_mark_is_an_error_with_its_line() -> None:
    found = error(b'a,b\n1,2\n"3,4\n5,6\n')
    assert (found.kind, found.values["line"]) == ("unclosed_quote", 3)


def test_a_huge_cell_is_an_error_with_its_line() -> None:
    found = error(b"a,b\n1,2\n3," + b"x" * 200_000)
    assert (found.kind, found.values["line"]) == ("cell_too_long", 3)
