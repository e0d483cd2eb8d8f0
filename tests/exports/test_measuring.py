"""What the program measures from clean exports is what the oracle measures, on every edition and track."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.exports.companies import Company, Reports, month_before, write
from tests.exports.fallbacks import stand_ins
from tests.exports.oracle import METRICS, answers_of, inputs_of
from tests.exports.program import differences, imported, scored

Score = Callable[..., dict[str, Any]]
DAYS = {"B": date(2024, 5, 15), "C1": date(2026, 6, 30), "C2": date(2026, 7, 1), "C3": date(2026, 11, 20)}
MARKS = ("IsACRDuplicateAtPGALevel", "IsDuplicateRowForPGA")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("edition", DAYS)
def test_all_metrics_of_a_company(tmp_path: Path, db: Path, edition: str, seed: int) -> None:
    on = DAYS[edition]
    company = Company(seed, month_before(on), azure_months=36 if seed == 1 else 24)
    folder = write(tmp_path / "exports", company.reports())
    imported(db, folder)
    assert differences(scored(db, on), answers_of(folder, on)) == []


@pytest.mark.parametrize("seed", [3, 4])
def test_without_marks_of_duplicates(tmp_path: Path, score_of: Score, seed: int) -> None:
    on = DAYS["C3"]
    folder = write(tmp_path / "exports", Company(seed, month_before(on)).reports(), skip=MARKS)
    assert differences(score_of(folder, on=on), answers_of(folder, on)) == []


def test_one_import_is_scored_on_days_of_several_editions(tmp_path: Path, db: Path) -> None:
    folder = write(tmp_path / "exports", Company(5, month_before(date(2026, 11, 20)), azure_months=36).reports())
    imported(db, folder)
    for on in (date(2026, 11, 30), date(2026, 11, 1), date(2026, 12, 1), date(2027, 3, 1), date(2026, 10, 31)):
        assert differences(scored(db, on), answers_of(folder, on)) == [], on


def _without_months(reports: Reports, name: str, *months: str) -> Reports:
    cut = [
        row
        for row in reports[name]
        if next(row[c] for c in ("Month", "FiscalMonthName", "Date") if c in row) not in months
    ]
    return {**reports, name: cut}


GAPS = [
    ("azure", "2026-10"),
    ("azure", "2026-09"),
    ("azure", "2025-10"),
    ("azure", "2025-09"),
    ("azure", "2025-02"),
    ("azure", "2024-11"),
    ("office", "2025-10"),
    ("office", "2026-10"),
    ("mobility", "2025-10"),
    ("cpor", "2025-10"),
    ("revenue", "2025-10"),
    ("usage", "2025-10"),
    ("usage", "2026-10"),
]


@pytest.mark.parametrize(("report", "month"), GAPS)
def test_a_month_that_is_not_there_is_never_zero(tmp_path: Path, score_of: Score, report: str, month: str) -> None:
    on = DAYS["C3"]
    reports = _without_months(Company(6, month_before(on), tenants=5).reports(), report, month)
    folder = write(tmp_path / "exports", reports)
    assert differences(score_of(folder, on=on), answers_of(folder, on)) == []


@pytest.mark.parametrize("report", ["azure", "office", "cpor", "mobility", "revenue", "usage"])
@pytest.mark.parametrize("edition", ["B", "C3"])
def test_a_report_alone_and_all_but_that_report(tmp_path: Path, score_of: Score, report: str, edition: str) -> None:
    on = DAYS[edition]
    reports = Company(8, month_before(on), tenants=5).reports()
    others = {name: rows for name, rows in reports.items() if name != report}
    for index, some in enumerate(({report: reports[report]}, others)):
        folder = write(tmp_path / f"exports{index}", some)
        assert differences(score_of(folder, on=on), answers_of(folder, on)) == []


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("left", [(), ("revenue",), ("usage",)])
def test_other_reports_stand_in_for_those_of_business_applications(
    tmp_path: Path, score_of: Score, seed: int, left: tuple[str, ...]
) -> None:
    on = DAYS["C3"]
    company = Company(seed, month_before(on), tenants=6)
    own = {name: rows for name, rows in company.reports().items() if name in left}
    folder = write(tmp_path / "exports", {**own, **stand_ins(company)})
    assert differences(score_of(folder, on=on), answers_of(folder, on)) == []


def test_products_stand_in_without_the_solution_area(tmp_path: Path, score_of: Score) -> None:
    on = DAYS["C3"]
    rows = stand_ins(Company(2, month_before(on), tenants=6))
    folder = write(tmp_path / "exports", rows, skip=["SolutionArea"])
    assert differences(score_of(folder, on=on), answers_of(folder, on)) == []


@pytest.mark.parametrize("seed", range(4))
def test_the_track_follows_the_customers_and_workloads(tmp_path: Path, score_of: Score, seed: int) -> None:
    on = DAYS["C3"]
    folder = write(tmp_path / "exports", Company(seed, month_before(on), tenants=5).reports())
    cards, inputs = score_of(folder, on=on), inputs_of(folder, on)
    azure = inputs["infrastructure"]
    assert azure.smb_customers is not None and azure.customers
    small = azure.smb_customers * 100 >= azure.customers * 80
    assert cards["infrastructure"]["track_reason"] == "classified"
    assert cards["infrastructure"]["track"] == ("smb" if small else "enterprise")
    large = inputs["business_applications"].large_workloads
    assert large is not None
    assert cards["business_applications"]["track"] == ("enterprise" if large >= 5 else "smb")


def test_nothing_is_known_of_a_day_before_the_data(tmp_path: Path, score_of: Score) -> None:
    folder = write(tmp_path / "exports", Company(9, month_before(DAYS["C3"]), tenants=3).reports())
    cards = score_of(folder, on=date(2024, 1, 15))
    found = {metric["points"] for card in cards.values() for metric in card["metrics"] if metric["metric"] in METRICS}
    assert found == {None}
