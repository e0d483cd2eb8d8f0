"""The rows that the evidence of a metric lists are enough to work out its value and points again."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bot.cli.company import Company as Known
from bot.cli.company import read_company, shipped_rulebook
from bot.cli.evidence_json import evidence_json
from bot.cli.words import command_words
from scoring.evidence import evidence
from scoring.metric_rules import METRICS, SKILLING, Track
from tests.exports.companies import Company, month_before, write
from tests.exports.from_evidence import worked_out
from tests.exports.program import imported

RULEBOOK, WORDS = shipped_rulebook(), command_words()
DAYS = {"B": date(2024, 5, 15), "C1": date(2026, 6, 30), "C3": date(2026, 11, 20)}
MARKS = ("IsACRDuplicateAtPGALevel", "IsDuplicateRowForPGA")


def known(tmp_path: Path, folder: Path) -> Known:
    """What the program knows after importing a folder."""
    db = tmp_path / "seventy.db"
    imported(db, folder)
    return read_company(RULEBOOK, facts=None, db=db, workspace=None)


def documents(company: Known, on: date) -> list[dict[str, Any]]:
    """The evidence of every metric of every area and track that was measured from usage reports."""
    found = []
    for area in RULEBOOK.areas:
        edition = RULEBOOK.edition(area, on)
        tracks: tuple[Track | None, ...] = (None,) if edition.tracks == ("single",) else edition.tracks
        for track in tracks:
            for metric in set(METRICS) - set(SKILLING):
                behind = evidence(RULEBOOK, company.facts, company.usage, area, metric, on, track=track)
                found.append(evidence_json(RULEBOOK, WORDS, behind))
    return [doc for doc in found if doc["measured"] and doc["measured"]["lacking"] is None]


def check(docs: list[dict[str, Any]]) -> None:
    for doc in docs:
        name = (doc["area"], doc["track"], doc["metric"])
        again = worked_out(doc)
        assert again.points == Fraction(doc["points_exact"]), name
        if again.value is not None and doc["value_exact"] is not None:
            assert again.value == Fraction(doc["value_exact"]), name


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("edition", DAYS)
def test_the_rows_give_the_same_value_and_points(tmp_path: Path, edition: str, seed: int) -> None:
    on = DAYS[edition]
    months = 36 if seed == 1 else 24
    folder = write(tmp_path / "exports", Company(seed, month_before(on), azure_months=months).reports())
    docs = documents(known(tmp_path, folder), on)
    assert len(docs) > 12
    check(docs)


@pytest.mark.parametrize("seed", [5, 6])
def test_the_rows_of_reports_that_mark_no_duplicates_do_so_too(tmp_path: Path, seed: int) -> None:
    on = DAYS["C3"]
    folder = write(tmp_path / "exports", Company(seed, month_before(on)).reports(), skip=MARKS)
    docs = documents(known(tmp_path, folder), on)
    assert {one["rows"] for doc in docs for one in doc["combining"]} == {"highest_association", "highest_row"}
    check(docs)


def test_units_that_count_are_as_many_as_the_figures_say(tmp_path: Path) -> None:
    on = DAYS["C3"]
    folder = write(tmp_path / "exports", Company(8, month_before(on)).reports())
    for doc in documents(known(tmp_path, folder), on):
        kept = [unit for unit in doc["units"] if unit["status"] != "lost"]
        for given in doc["inputs"]:
            units = [unit for unit in kept if unit["part"] == given["part"]]
            before = [u for u in doc["units"] if u["part"] == given["part"] and u["status"] in ("kept", "lost")]
            amounts = (given["now_exact"] or given["count_exact"], given["year_ago_exact"])
            added_up = (
                sum((Fraction(unit["now_exact"]) for unit in units), Fraction(0)),
                sum((Fraction(unit["year_ago_exact"]) for unit in before), Fraction(0)),
            )
            counts = (Fraction(len(units)), Fraction(len(before)))
            said = tuple(None if one is None else Fraction(one) for one in amounts)
            assert said in (counts, added_up, (counts[0], None)), (doc["area"], doc["metric"], given)


def test_every_row_is_one_that_the_file_holds(tmp_path: Path) -> None:
    on = DAYS["C3"]
    folder = write(tmp_path / "exports", Company(9, month_before(on)).reports())
    lines = {path.name: path.read_text(encoding="utf-8-sig").splitlines() for path in folder.iterdir()}
    for doc in documents(known(tmp_path, folder), on):
        for row in doc["rows"]:
            line = lines[row["file"]][row["line"] - 1].casefold()
            assert row["tenant"] is None or row["tenant"].casefold() in line, row
