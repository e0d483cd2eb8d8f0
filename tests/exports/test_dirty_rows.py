"""Rows that cannot be used are rejected one by one, with their line, and change no number."""

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.exports.conftest import ON
from tests.exports.dirty_rows import TOO_LONG, Planted, planted
from tests.exports.oracle import Answers
from tests.exports.program import differences, imported, scored
from tests.exports.sheets import Sheets, write_csv, write_delimited, write_zip

REASONS: Mapping[str, set[str]] = {
    "month": {"no_month", "not_a_month"},
    "tenant": {"no_tenant"},
    "amount": {"not_a_number"},
    "below_zero": {"negative"},
    "flag": {"not_a_flag"},
    "day": {"impossible_date", "unreadable_date"},
    "too many cells": {"too_many_cells"},
}


def _rejected(said: Any) -> list[tuple[str, int, str, str]]:
    """File, line, column and value of every row that was left out."""
    return sorted(
        (Path(file["file"]).name, one["line"], one["column"], one["value"].strip())
        for file in said["files"]
        for one in file["rejected"]
    )


def _as_said(places: list[Planted]) -> list[tuple[str, int, str, str]]:
    return sorted((place.file, place.line, place.column, place.value.strip()) for place in places)


@pytest.mark.parametrize("seed", range(3))
def test_exactly_the_planted_rows_are_rejected(
    tmp_path: Path, db: Path, sheets: Sheets, expected: Answers, seed: int
) -> None:
    dirty, places = planted(sheets, random.Random(seed))
    said = imported(db, write_csv(tmp_path / "exports", dirty))
    found = _rejected(said)
    lines = [(place.file, place.line) for place in places]
    assert [one[:2] for one in found] == lines
    cells = [one for one in _as_said(places) if one[2]]
    assert [one for one in found if one[:2] in {cell[:2] for cell in cells}] == cells
    assert differences(scored(db, ON), expected) == []


def test_every_kind_has_its_reason_and_a_sentence(tmp_path: Path, db: Path, sheets: Sheets) -> None:
    dirty, places = planted(sheets, random.Random(0))
    said = imported(db, write_csv(tmp_path / "exports", dirty))
    kinds = {(place.file, place.line): place.kind for place in places}
    reasons: dict[str, set[str]] = {}
    for file in said["files"]:
        for one in file["rejected"]:
            assert one["message"]
            reasons.setdefault(kinds[file["file"], one["line"]], set()).add(one["reason"])
    assert reasons == REASONS


def test_rows_read_are_taken_doubled_ignored_or_rejected(tmp_path: Path, db: Path, sheets: Sheets) -> None:
    dirty, _ = planted(sheets, random.Random(1))
    said = imported(db, write_csv(tmp_path / "exports", dirty))
    rows = {f"{sheet.name}.csv": len(sheet.rows) for sheet in dirty}
    for file in said["files"]:
        assert file["rows_read"] == rows[file["file"]]
        parts = file["taken"], file["duplicates"], file["ignored"], len(file["rejected"])
        assert sum(parts) == file["rows_read"]


def test_lines_are_those_of_the_file_in_an_archive_and_with_other_line_ends(
    tmp_path: Path, db: Path, sheets: Sheets
) -> None:
    dirty, places = planted(sheets, random.Random(2))
    lines = [(place.file, place.line) for place in places]
    in_archive = imported(db, write_zip(tmp_path / "zip", dirty))
    assert [one[:2] for one in _rejected(in_archive)] == lines
    crlf = write_delimited(tmp_path / "crlf", dirty, ",", end="\r\n")
    assert [one[:2] for one in _rejected(imported(tmp_path / "other.db", crlf))] == lines


def test_a_row_that_is_too_long_is_named_as_a_whole(tmp_path: Path, db: Path, sheets: Sheets) -> None:
    dirty, places = planted(sheets, random.Random(3))
    said = imported(db, write_csv(tmp_path / "exports", dirty))
    long = {(place.file, place.line) for place in places if place.kind == TOO_LONG}
    found = {(file["file"], one["line"]): one for file in said["files"] for one in file["rejected"]}
    assert {found[place]["column"] for place in long} == {""}
