"""Several imports one after the other: what counts in the end does not depend on the way there."""

import random
from pathlib import Path

from tests.exports.answers import Answer
from tests.exports.companies import Company, month_before, write
from tests.exports.conftest import ON
from tests.exports.oracle import Answers, answers_of
from tests.exports.program import differences, imported, scored, seventy
from tests.exports.sheets import Sheets, parts_at_random, parts_by_month, write_csv


def test_a_then_b_is_a_and_b_at_once(tmp_path: Path, db: Path, sheets: Sheets, expected: Answers) -> None:
    parts = parts_by_month(sheets)
    random.Random(1).shuffle(parts)
    half = len(parts) // 2
    imported(db, write_csv(tmp_path / "a", parts[:half]))
    imported(db, write_csv(tmp_path / "b", parts[half:]))
    at_once = tmp_path / "at_once.db"
    imported(at_once, tmp_path / "a", tmp_path / "b")
    assert differences(scored(db, ON), expected) == []
    assert differences(scored(at_once, ON), expected) == []


def test_a_part_of_the_rows_and_then_all_of_them_is_all_of_them(
    tmp_path: Path, db: Path, sheets: Sheets, expected: Answers
) -> None:
    parts = parts_at_random(sheets, random.Random(3), count=2)
    first = write_csv(tmp_path / "first", [part for part in parts if part.name.startswith("0")])
    second = write_csv(tmp_path / "second", [part for part in parts if not part.name.startswith("0")])
    imported(db, first)
    imported(db, first, second)
    assert differences(scored(db, ON), expected) == []


def test_the_same_files_again_change_nothing(tmp_path: Path, db: Path, clean: Path, sheets: Sheets) -> None:
    assert imported(db, clean)["applied"]
    again = imported(db, clean)
    assert (again["nothing_to_change"], again["applied"]) == (True, False)
    shuffled = [sheet.with_rows(random.Random(2).sample(sheet.rows, len(sheet.rows))) for sheet in sheets]
    same = imported(db, write_csv(tmp_path / "shuffled", shuffled))
    assert (same["nothing_to_change"], same["applied"]) == (True, False)
    assert len(seventy("imports", "--db", db)["imports"]) == 1


def test_undo_restores_the_scorecards_exactly(tmp_path: Path, db: Path, clean: Path) -> None:
    imported(db, clean)
    before = scored(db, ON)
    other = write(tmp_path / "other", Company(99, month_before(ON), tenants=4).reports())
    imported(db, other)
    assert scored(db, ON) != before
    seventy("undo", "--db", db)
    assert scored(db, ON) == before
    seventy("undo", "--db", db)
    assert all(card["total"] is None for card in scored(db, ON).values())


def test_a_newer_import_replaces_whole_months_of_its_reports(tmp_path: Path, db: Path, sheets: Sheets) -> None:
    old = write_csv(tmp_path / "old", sheets)
    other = Company(98, month_before(ON), tenants=5)
    newer = {name: rows for name, rows in other.reports().items() if name in ("azure", "revenue")}
    azure = [row for row in newer["azure"] if row["Month"] >= "2026-05"]
    write(tmp_path / "newer", {**newer, "azure": azure})
    imported(db, old)
    imported(db, tmp_path / "newer")
    kept = []
    for sheet in sheets:
        if sheet.name == "azure":
            place = sheet.at("Month")
            kept.append(sheet.with_rows([row for row in sheet.rows if row[place] < "2026-05"]))
        elif sheet.name != "revenue":
            kept.append(sheet)
    merged = write_csv(tmp_path / "merged", kept)
    for file in (tmp_path / "newer").iterdir():
        (merged / f"newer-{file.name}").write_bytes(file.read_bytes())
    assert differences(scored(db, ON), answers_of(merged, ON)) == []


def test_the_oracle_sees_no_difference_in_itself(expected: Answers) -> None:
    assert all(isinstance(answer, Answer) and answer.points is not None for answer in expected.values())
