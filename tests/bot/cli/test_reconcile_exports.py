"""`seventy reconcile` on imported exports: typing in our own points is silent, those of the month before are lag."""

from pathlib import Path
from typing import Any

import pytest

ON = "2026-11-24"
HEADER = "area,track,metric,points,as_of\n"


@pytest.fixture
def imported(folder: Path, seventy: Any) -> Path:
    """A database with the exports of an invented company, the newest month October 2026."""
    sample = ("sample", "exports", "--seed", "3", "--tenants", "20", "--months", "26", "--until", "2026-10")
    assert seventy(*sample).exit_code == 0
    assert seventy("import", "exports", "--db", "company.db").exit_code == 0
    return folder


def points(seventy_json: Any, area: str, on: str) -> dict[str, tuple[str, float]]:
    """The track and the points of each metric on a day."""
    card = seventy_json("score", area, "--db", "company.db", "--on", on)
    return {metric["metric"]: (card["track"], metric["points"]) for metric in card["metrics"]}


def type_in(folder: Path, seventy: Any, rows: list[str]) -> None:
    (folder / "shown.csv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    assert seventy("import", "shown.csv", "--db", "company.db").exit_code == 0


def test_our_own_points_typed_in_are_no_difference(imported: Path, seventy: Any, seventy_json: Any) -> None:
    rows = []
    for area in ("infrastructure", "security", "modern_work", "business_applications"):
        found = points(seventy_json, area, ON)
        rows += [f"{area},{track},{metric},{value:.2f},2026-11-21" for metric, (track, value) in found.items()]
    type_in(imported, seventy, rows)
    shown = seventy_json("reconcile", "--db", "company.db", "--on", ON)
    assert shown["areas"] == []
    area = seventy_json("reconcile", "security", "--db", "company.db", "--on", ON)
    assert (area["compared"], area["differs"], area["ticket"]) == (4, False, None)


def test_the_points_of_the_month_before_are_refresh_lag(imported: Path, seventy: Any, seventy_json: Any) -> None:
    october, september = (points(seventy_json, "infrastructure", day)["usage_growth"] for day in (ON, "2026-10-25"))
    assert abs(october[1] - september[1]) > 0.1
    type_in(imported, seventy, [f"infrastructure,{october[0]},usage_growth,{september[1]:.2f},2026-11-18"])
    shown = seventy_json("reconcile", "infrastructure", "--db", "company.db", "--on", ON)
    growth = next(one for one in shown["metrics"] if one["metric"] == "usage_growth")
    first = growth["causes"][0]
    assert (first["kind"], first["explains"], first["values"]["late"]) == ("refresh_lag", True, False)
    assert "2026-09" in first["message"] and "2026-11-20" in first["message"]
    assert "Azure usage 2026-10" in shown["ticket"]["en"]
