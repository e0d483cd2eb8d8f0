import codecs
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake.source_files import SourceFile, open_table, source_files
from bot.intake.tables import read_table
from tests.bot.intake.source_folder import rows

MANY = 20_000


def stream(text: str | bytes) -> SourceFile:
    return SourceFile.of_bytes(text if isinstance(text, bytes) else text.encode(), name="report.csv")


def test_cells_are_given_as_the_file_has_them() -> None:
    assert rows(stream("a,b\n x ,\u3000y\u3000\n")) == [(2, ["x ", "\u3000y\u3000"])]


def test_lines_are_a_range_without_line_breaks_in_cells_and_true_lines_with_them() -> None:
    (plain,) = open_table(stream("a,b\n1,2\n3,4\n")).chunks()
    assert plain.lines == range(2, 4)
    (broken,) = open_table(stream('a,b\n"1\r\n1",2\n3,4\n"5\r5",6\n7,8')).chunks()
    assert broken.lines == [2, 4, 5, 7]


def test_empty_rows_are_skipped_and_the_lines_below_them_are_right() -> None:
    table = open_table(stream("a,b\n\n1,2\n , \n\u200b,\n3,4\n\n"))
    assert [line for chunk in table.chunks() for line in chunk.lines] == [3, 6]
    assert table.rows_read == 2


def test_rejected_rows_are_complete_after_the_last_chunk() -> None:
    lines = ["a,b", *("1,2" for _ in range(MANY)), "x,y,z", "3,4", '"1,2\n3,4",5', "6"]
    table = open_table(stream("\n".join(lines)))
    taken = [row for chunk in table.chunks() for row in chunk.rows]
    found = [(one.line, one.reason_kind) for one in table.rejected]
    assert found == [(MANY + 2, "too_many_cells"), (MANY + 4, "swallowed_rows")]
    assert (len(taken), taken[-1], table.rows_read) == (MANY + 2, ["6", ""], MANY + 4)


def test_a_delimiter_at_the_end_of_every_line_adds_no_column() -> None:
    assert rows(stream("a,b,\n1,2,\n3,4,\n")) == [(2, ["1", "2"]), (3, ["3", "4"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932"])
def test_every_encoding_gives_the_same_rows_across_blocks_of_bytes(encoding: str) -> None:
    text = "Month,顧客\n" + "".join(f"{number},見本アイウ{'x' * (number % 7)}\n" for number in range(60_000))
    found = rows(stream(text.encode(encoding)))
    assert len(found) == 60_000
    assert found[59_999] == (60_001, ["59999", "見本アイウxx"])


@pytest.mark.parametrize("shift", range(4))
def test_a_character_that_two_blocks_share_is_read(shift: int) -> None:
    text = "a,b\n" + "1,2\n" * 262_142 + "x" * shift + ",見本\n"
    assert rows(stream(text))[-1] == (262_144, ["x" * shift, "見本"])


@pytest.mark.parametrize(
    ("end", "kind", "line"),
    [
        (b"1,\xff\xff\n", "unknown_encoding", 300_002),
        (b"1,\x00\n", "nul_bytes", 300_002),
        ("1,見".encode()[:-1], "unknown_encoding", 300_003),
    ],
)
def test_wrong_bytes_far_down_are_an_error_with_their_line(end: bytes, kind: str, line: int) -> None:
    content = b"a,b\n" + b"12,34\n" * 300_000 + ("見,本\n".encode() if line > 300_002 else b"") + end
    with pytest.raises(Exception, match=f"report.csv:{line}:") as caught:
        rows(stream(content))
    assert getattr(caught.value, "kind", None) == kind


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.text('ab ,;"\n\r\t見', max_size=4), min_size=2, max_size=2), max_size=30))
def test_quoted_cells_come_back_as_they_were_written(cells: list[list[str]]) -> None:
    quoted = ("|".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in cells)
    text = "one,two,three,four\n" + "".join(f"{row.replace('|', ',')},3,4\n" for row in quoted)
    table = open_table(stream(text))
    found = [row[:2] for chunk in table.chunks() for row in chunk.rows]
    swallowed = {one.line for one in table.rejected}
    lines, line = [], 2
    for row in cells:
        lines.append(line)
        joined = ",".join(row)
        line += 1 + joined.count("\n") + joined.count("\r") - joined.count("\r\n")
    assert found == [row for row, at in zip(cells, lines, strict=True) if at not in swallowed]


def test_small_readers_get_the_same_rows_without_spaces() -> None:
    table = read_table(b"a,b\n x , y\n1,2,3\n", name="report.csv")
    assert [(row.line, row.cells) for row in table.rows] == [(2, ("x", "y"))]
    assert table.rows_read == 2


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.write(codecs.BOM_UTF8 + b"Month,Tenant,Service,Revenue\n")
        for _ in range(40):
            file.write(b"2026-10-01,contoso,App Service,123.45\n" * 20_000)
    (source,) = source_files([path])
    tracemalloc.start()
    count = sum(len(chunk.rows) for chunk in open_table(source).chunks())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 800_000
    assert peak < 12_000_000  # the file has 30 MB


def test_long_rows_are_read_when_no_single_one_is_too_long() -> None:
    long = "x" * 50_000
    found = rows(stream("a,b\n" + f"1,{long}\n" * 400))
    assert (len(found), found[-1]) == (400, (401, ["1", long]))
