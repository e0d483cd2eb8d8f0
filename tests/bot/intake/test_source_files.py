import codecs
import gzip
import hashlib
import os
from pathlib import Path

import pytest

from bot.intake.source_files import SourceFile, expanded, open_table, source_files
from tests.bot.intake.source_folder import REPORT, error, rows, sources, zipped

ROWS = [(2, ["2026-10", "contoso"])]


def test_a_file_is_a_source_with_its_size_and_digest(tmp_path: Path) -> None:
    (source,) = sources(tmp_path / "azure.csv", REPORT)
    assert (source.name, source.size, source.is_found) == ("azure.csv", len(REPORT), False)
    assert source.sha256 == hashlib.sha256(REPORT).hexdigest()
    assert rows(source) == ROWS


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_size_and_digest_are_those_of_the_bytes_before_and_after_the_table_is_read(tmp_path: Path, mark: bytes) -> None:
    (source,) = sources(tmp_path / "a.csv", mark + REPORT)
    before = source.size, source.sha256
    rows(source)
    assert (source.size, source.sha256) == before == (len(mark + REPORT), hashlib.sha256(mark + REPORT).hexdigest())


def test_a_folder_is_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.csv", "a/z.csv", "a/c.csv", ".hidden.csv", ".git/x.csv", "__MACOSX/b.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(REPORT)
    found = list(source_files([tmp_path, tmp_path / "b.csv"]))
    assert [(one.name, one.is_found) for one in found] == [
        ("a/c.csv", True),
        ("a/z.csv", True),
        ("b.csv", True),
        ("b.csv", False),
    ]


def test_members_of_a_zip_are_sources_of_their_own(tmp_path: Path) -> None:
    other = b"Tenant;Seats\nx;3\n"
    content = zipped(("z/b.csv", other), ("azure.csv", REPORT), ("__MACOSX/azure.csv", b"?"), (".DS_Store", b"?"))
    first, second = sources(tmp_path / "reports.zip", content)
    assert (first.name, second.name) == ("reports.zip/azure.csv", "reports.zip/z/b.csv")
    assert rows(first) == ROWS
    assert rows(second) == [(2, ["x", "3"])]
    assert (second.size, second.sha256) == (len(other), hashlib.sha256(other).hexdigest())


def test_a_gzip_file_is_the_file_inside(tmp_path: Path) -> None:
    (source,) = sources(tmp_path / "azure.csv.gz", gzip.compress(REPORT))
    assert (source.name, source.sha256) == ("azure.csv.gz", hashlib.sha256(REPORT).hexdigest())
    assert rows(source) == ROWS


def test_content_tells_what_a_file_is_and_not_its_name(tmp_path: Path) -> None:
    assert [one.name for one in sources(tmp_path / "azure.csv", zipped(("a.csv", REPORT)))] == ["azure.csv/a.csv"]
    assert rows(*sources(tmp_path / "book.xlsx", REPORT)) == ROWS


def test_bytes_are_a_source_and_an_archive_of_bytes_is_expanded() -> None:
    assert rows(SourceFile.of_bytes(REPORT, name="azure.csv")) == ROWS
    (member,) = expanded(SourceFile.of_bytes(zipped(("a.csv", REPORT)), name="reports.zip"))
    assert member.name == "reports.zip/a.csv"
    assert rows(member) == ROWS


def test_japanese_names_of_windows_archives_are_read(tmp_path: Path) -> None:
    content = zipped(("XXXX.csv", REPORT)).replace(b"XXXX", "見本".encode("cp932"))
    assert [one.name for one in sources(tmp_path / "a.zip", content)] == ["a.zip/見本.csv"]


def test_names_with_signs_that_cannot_be_printed_are_shown_without_them(tmp_path: Path) -> None:
    name = os.fsdecode(b"a\nb\xff.csv")
    assert [one.name for one in sources(tmp_path / name, REPORT)] == ["a?b?.csv"]


def test_what_is_wrong_with_one_file_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "b.csv").write_bytes(REPORT)
    damaged, good = source_files([tmp_path])
    assert error([damaged]).kind == "damaged_file"
    assert damaged.is_found
    assert rows(good) == ROWS


@pytest.mark.parametrize("name", ["none.csv", "x" * 300, "a\x00b"])
def test_a_path_without_a_file_is_not_readable(tmp_path: Path, name: str) -> None:
    assert error(source_files([tmp_path / name])).kind == "file_not_readable"


def test_a_broken_link_is_not_readable(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "nothing")
    assert error(source_files([tmp_path])).kind == "file_not_readable"


def test_a_link_to_a_file_outside_of_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("area,metric,value\n", encoding="utf-8")
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "figures.csv").write_text("area,metric,value\n", encoding="utf-8")
    (folder / "again.csv").symlink_to(folder / "figures.csv")
    (folder / "outside.csv").symlink_to(tmp_path / "secret.csv")
    problems = {source.name: source.problem for source in source_files([folder])}
    assert problems["figures.csv"] is None and problems["again.csv"] is None
    assert "outside of the folder" in str(problems["outside.csv"])


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "around").symlink_to(tmp_path, target_is_directory=True)
    assert list(source_files([tmp_path])) == []


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert error(source_files([tmp_path])).kind == "file_not_readable"


@pytest.mark.skipif(os.geteuid() == 0, reason="the system lets root read everything")
def test_a_folder_that_cannot_be_read_is_an_error_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_bytes(REPORT)
    (tmp_path / "a").mkdir(mode=0)
    closed, good = source_files([tmp_path])
    assert error([closed]).kind == "file_not_readable"
    assert rows(good) == ROWS


def test_a_small_text_is_given_as_a_whole_and_a_large_one_is_refused(tmp_path: Path) -> None:
    (facts,) = sources(tmp_path / "facts.yaml", codecs.BOM_UTF8 + "areas: \u200b見本\n".encode())
    assert facts.text() == facts.beginning() == "areas: 見本\n"
    (large,) = sources(tmp_path / "large.yaml", b"areas: x\n" * 2_000_000)
    with pytest.raises(Exception, match="facts file") as caught:
        large.text()
    assert getattr(caught.value, "kind", None) == "too_large"


def test_a_file_that_is_no_table_says_so_when_it_is_opened() -> None:
    assert error([SourceFile.of_bytes(b"1,2\n3,4\n", name="x.csv")]).kind == "no_header"
    assert open_table(SourceFile.of_bytes(REPORT, name="x.csv")).headers == ("Month", "Tenant")
