"""Lines split without the csv module: the same cells, or none at all; and the lines of blocks, however they are cut."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.byte_streams import Meter, Opener
from bot.intake.csv_lines import split_lines
from bot.intake.csv_rows import CsvRows
from bot.intake.text_files import TextFile, inspect

LONGEST = csv.field_size_limit()
CELLS = ("", "a", "bc", " d", "e f", '"x"', '"x,y"', '"x;y\tz"', '""', '"x ""y"""', '"two\nlines"', 'x"y', '"x" ', '"')
WIDE = 3_000  # rows: more than one block


def by_csv_module(text: str, delimiter: str) -> list[list[str]]:
    lines = io.StringIO(text, newline="")
    return list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))


@given(
    st.lists(st.lists(st.sampled_from(CELLS), max_size=5), max_size=6),
    st.sampled_from(",;\t"),
    st.sampled_from(("\n", "\r\n", "\r")),
)
def test_cells_are_those_of_the_csv_module_or_not_given(rows: list[list[str]], delimiter: str, end: str) -> None:
    text = "".join(delimiter.join(row) + end for row in rows)
    found = split_lines(text, delimiter, longest=LONGEST)
    assert found is None or found == by_csv_module(text, delimiter)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ('a,"b, c",d\n"1","2",\n', [["a", "b, c", "d"], ["1", "2", ""]]),
        ('a,"b"\r\n\r\n"",1\r\n', [["a", "b"], [], ["", "1"]]),
    ],
)
def test_plain_lines_are_split(text: str, rows: list[list[str]]) -> None:
    assert split_lines(text, ",", longest=LONGEST) == rows


@pytest.mark.parametrize(
    "text", ['a,"b ""c"""\n', 'a,"b\nc"\n', "a, b\n", 'a,b"c\n', 'a,"b"c\n', "a,b\r", "a,b", " a,b\n"]
)
def test_other_lines_are_left_to_the_csv_module(text: str) -> None:
    assert split_lines(text, ",", longest=LONGEST) is None


def test_a_line_that_may_hold_a_cell_too_long_is_left_to_the_csv_module() -> None:
    assert split_lines("a,bcdef\n", ",", longest=5) is None


@given(
    st.lists(st.sampled_from(('1,"two\nlines",3', "1,2,3", '"x, y",2,3', "1, 2,3", "")), min_size=1, max_size=9),
    st.sampled_from(("\n", "\r\n", "\r")),
    st.booleans(),
    st.integers(1, 600),
)
def test_rows_and_lines_of_many_blocks_are_those_of_the_file(
    pattern: list[str], end: str, is_ended: bool, most: int
) -> None:
    body = (pattern * WIDE)[:WIDE]
    text = f"a,b,c{end}" + end.join(body) + (end if is_ended else "")
    source = CsvRows(*_opened(text.encode()), name="f.csv")
    found: list[tuple[int, list[str]]] = []
    while (taken := source.take(most))[0]:
        found += zip(taken[1], taken[0], strict=True)
    assert [(line, row) for line, row in found if row] == _numbered(text)


def _opened(content: bytes) -> tuple[Opener, TextFile]:
    def open_bytes() -> Meter:
        return Meter(io.BytesIO(content), name="f.csv")

    return open_bytes, inspect(open_bytes, name="f.csv")


def _numbered(text: str) -> list[tuple[int, list[str]]]:
    """Each row with the line on which it begins, by the csv module's own count."""
    reader = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
    found, line = [], 1
    for row in reader:
        if row:
            found.append((line, row))
        line = reader.line_num + 1
    return found
