"""What somebody may hand in to do harm, or by mistake: one sentence each, soon and in little memory."""

import gzip
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.intake import archives
from bot.intake.source_files import open_table
from tests.bot.intake.source_folder import REPORT, error, rows, sources, zipped

MOST_MEMORY = 90_000_000  # bytes


@pytest.fixture(autouse=True)
def _little_memory() -> Iterator[None]:
    tracemalloc.start()
    yield
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MOST_MEMORY


def patched(content: bytes, mark: bytes, offset: int, new: bytes) -> bytes:
    place = content.index(mark) + offset
    return content[:place] + new + content[place + len(new) :]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (REPORT + b"a" * 20_000_000, "row_too_long"),
        (b"a" * 20_000_000, "row_too_long"),
        (b",".join(b"c%d" % number for number in range(1_000_000)), "too_many_columns"),
        (b",".join(b"c%d" % number for number in range(2_001)) + b"\n1\n", "too_many_columns"),
        (b"a,b\n" + b'"x\n",' * 2_000_000, "row_too_long"),
        (b"a,b\n" + b"1,2,3\n" * 150_000, "too_many_misfits"),
        (b'a,b\n"1,2\n' + b"3,4\n" * 100_000, "cell_too_long"),
        (b"", "empty_file"),
        (b" \r\n" * 1_000_000, "empty_file"),
        (b"a,b\n" * 1_000_000 + b"\x00", "nul_bytes"),
        (b"\r\n<html><table><tr><td>Month", "not_a_text_file"),
        (b"<table><tr><td>Month", "not_a_text_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, "not_a_text_file"),
        (b"%PDF-1.7", "not_a_text_file"),
        (b"7z\xbc\xaf\x27\x1c", "not_a_text_file"),
    ],
)
def test_a_hostile_file_gets_a_sentence(tmp_path: Path, content: bytes, kind: str) -> None:
    for name, packed in (("file.xls", content), ("file.gz", gzip.compress(content, 1))):
        assert error(sources(tmp_path / name, packed)).kind == kind


def test_a_row_of_a_million_cells_costs_no_memory(tmp_path: Path) -> None:
    content = b"a,b\n" + (b"1,2\n" * 600) + (b"ab," * 1_100_000 + b"\n") * 5
    assert error(sources(tmp_path / "wide.csv", content)).where == "wide.csv:602"


def test_rows_that_are_just_not_too_long_cost_no_memory(tmp_path: Path) -> None:
    content = b"a,b\n" + (b"1,2\n" * 600) + (b"ab," * 1_000_000 + b"\n") * 5 + b"3,4\n"
    (source,) = sources(tmp_path / "wide.csv", content)
    table = open_table(source)
    assert sum(len(chunk.rows) for chunk in table.chunks()) == 601
    assert [(one.line, one.reason_kind) for one in table.rejected] == [
        (line, "too_many_cells") for line in range(602, 607)
    ]


def test_a_formula_is_text(tmp_path: Path) -> None:
    (source,) = sources(tmp_path / "a.csv", b"Month,Tenant\n=cmd|' /C calc'!A0,@x\n")
    assert rows(source) == [(2, ["=cmd|' /C calc'!A0", "@x"])]


def test_a_bomb_is_unpacked_no_further_than_its_first_row(tmp_path: Path) -> None:
    content = zipped(("a.csv", REPORT + b"a" * 30_000_000))
    assert error(sources(tmp_path / "bomb.zip", content)).where == "bomb.zip/a.csv:3"


@pytest.mark.parametrize("method", ["zip", "gz"])
def test_more_than_the_limit_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    content = REPORT * 100_000
    monkeypatch.setattr("bot.intake.byte_streams.MOST_BYTES", 1_000_000)
    packed = zipped(("a.csv", content)) if method == "zip" else gzip.compress(content)
    assert error(sources(tmp_path / "bomb", packed)).kind == "too_large"


def test_members_that_are_too_much_together_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 100)
    content = zipped(*((f"{number}.csv", REPORT) for number in range(4)))
    assert error(sources(tmp_path / "bomb.zip", content)).kind == "too_large"


def test_a_directory_that_lies_about_the_size_of_a_member_is_not_trusted(tmp_path: Path) -> None:
    content = patched(zipped(("a.csv", REPORT * 1000)), b"PK\x01\x02", 24, (20).to_bytes(4, "little"))
    assert error(sources(tmp_path / "lying.zip", content)).kind == "damaged_file"


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    content = zipped(*((f"{number}.csv", b"") for number in range(1_001)))
    assert error(sources(tmp_path / "many.zip", content)).kind == "too_many_members"


@pytest.mark.parametrize("inner", [zipped(("a.csv", REPORT)), gzip.compress(REPORT)])
def test_an_archive_inside_an_archive_is_refused_in_its_place(tmp_path: Path, inner: bytes) -> None:
    found = error(sources(tmp_path / "outer.zip", zipped(("inner.dat", inner))))
    assert (found.kind, found.where) == ("nested_archive", "outer.zip/inner.dat")
    assert error(sources(tmp_path / "outer.gz", gzip.compress(inner))).kind == "nested_archive"


def test_a_member_with_a_password_is_an_error_and_the_others_are_read(tmp_path: Path) -> None:
    content = zipped(("a.csv", REPORT), ("b.csv", REPORT))
    content = patched(patched(content, b"PK\x01\x02", 8, b"\x01"), b"PK\x03\x04", 6, b"\x01")
    closed, good = sources(tmp_path / "a.zip", content)
    assert error([closed]).kind == "encrypted_file"
    assert len(rows(good)) == 1


def test_damaged_members_and_archives_are_named(tmp_path: Path) -> None:
    content = zipped(("a.csv", REPORT * 100))
    assert error(sources(tmp_path / "a.zip", patched(content, b"a.csv", 8, b"\xff\xff"))).where == "a.zip/a.csv"
    assert error(sources(tmp_path / "b.zip", content[:60])).kind == "damaged_file"
    assert error(sources(tmp_path / "c.gz", gzip.compress(REPORT * 100)[:-9])).kind == "damaged_file"


def test_an_archive_without_files_is_empty(tmp_path: Path) -> None:
    assert error(sources(tmp_path / "a.zip", zipped())).kind == "empty_file"


def test_a_method_that_unpacks_without_a_bound_is_not_used(tmp_path: Path) -> None:
    lzma = zipfile.ZIP_LZMA.to_bytes(2, "little")
    content = patched(patched(zipped(("a.csv", REPORT)), b"PK\x01\x02", 10, lzma), b"PK\x03\x04", 8, lzma)
    assert "ordinary ZIP" in error(sources(tmp_path / "a.zip", content)).message


def test_an_error_in_a_member_names_its_line(tmp_path: Path) -> None:
    content = zipped(("azure.csv", b'a,b\n1,2\n"3,4\n'))
    assert error(sources(tmp_path / "reports.zip", content)).where == "reports.zip/azure.csv:3"
