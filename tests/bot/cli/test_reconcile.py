"""`seventy reconcile`: what Partner Center shows beside ours, as text, as JSON, and as the text for a ticket."""

from pathlib import Path
from typing import Any

import pytest

ON = ("--on", "2026-11-20")
# 6 customers give 12 points, Partner Center shows 10; usage growth agrees; deployments were typed in without a figure.
SECURITY = """
company: Mihon Trading (sample)
as_of: 2026-10-20
areas:
  security:
    enterprise:
      net_customer_adds: {value: 6, points: 10}
      usage_growth: {azure: 8750, points: 7}
      deployments: {points: 10}
people_as_of: 2026-11-18
people:
  - {name: 見本 一郎, certifications: [SC-500, SC-200, SC-300]}
"""


@pytest.fixture
def asked(folder: Path) -> tuple[str, ...]:
    (folder / "check.yaml").write_text(SECURITY, encoding="utf-8")
    return ("--facts", "check.yaml", *ON)


def test_the_json_has_both_sides_of_every_metric(asked: Any, seventy_json: Any) -> None:
    shown = seventy_json("reconcile", "security", *asked)
    assert (shown["area"], shown["track"], shown["differs"], shown["compared"]) == ("security", "enterprise", True, 2)
    assert [(one["metric"], one["status"], one["difference"]) for one in shown["metrics"]] == [
        ("net_customer_adds", "differs", 2),
        ("intermediate_certifications", "only_ours", None),
        ("usage_growth", "equal", 0),
        ("deployments", "only_shown", None),
    ]
    adds = shown["metrics"][0]
    assert (adds["ours"]["points_exact"], adds["partner_center"]["points_exact"]) == ("12", "10")
    assert (adds["partner_center"]["as_of"], adds["partner_center"]["by_rule"]) == ("2026-10-20", False)


def test_the_causes_stand_in_their_order_with_values_and_a_sentence(asked: Any, seventy_json: Any) -> None:
    causes = seventy_json("reconcile", "security", *asked)["metrics"][0]["causes"]
    assert [(one["kind"], one["explains"]) for one in causes] == [("association_missing", True), ("typed_wrong", True)]
    assert causes[0]["values"]["missing"] == 1 and "1 customer fewer" in causes[0]["message"]


def test_the_ticket_is_in_both_languages_and_names_nobody(asked: Any, seventy_json: Any) -> None:
    ticket = seventy_json("reconcile", "security", *asked)["ticket"]
    assert "Partner Center shows: 10 of 20 points (read on 2026-10-20)" in ticket["en"]
    assert "Partner Centerの表示: 20点中10点(2026-10-20に確認)" in ticket["ja"]
    assert "見本" not in ticket["en"] + ticket["ja"]


def test_equal_metrics_are_not_mentioned_in_the_text(asked: Any, seventy: Any) -> None:
    lines = seventy("reconcile", "security", *asked).stdout.splitlines()
    assert lines[0] == "Security: 1 of 2 compared metrics differs from Partner Center"
    assert lines[1] == "  Net customer adds: 12 computed, 10 in Partner Center (read on 2026-10-20)"
    assert not any("Usage growth" in line for line in lines)
    assert "Not typed in: Intermediate" in lines


@pytest.mark.parametrize(
    ("language", "first"), [("en", "Partner capability score, "), ("ja", "パートナー ケーパビリティ")]
)
def test_the_ticket_alone_is_ready_to_be_pasted(asked: Any, seventy: Any, language: str, first: str) -> None:
    found = seventy("reconcile", "security", "--ticket", "--lang", language, *asked)
    assert found.stdout.startswith(first) and found.exit_code == 0


def test_without_an_area_only_areas_with_differences_are_told(asked: Any, seventy: Any, seventy_json: Any) -> None:
    assert [one["area"] for one in seventy_json("reconcile", *asked)["areas"]] == ["security"]
    assert seventy("reconcile", *asked).stdout.startswith("Security: 1 of 2 compared metrics differs")


def test_without_differences_one_sentence_is_enough(folder: Path, seventy: Any, seventy_json: Any) -> None:
    (folder / "same.yaml").write_text(SECURITY.replace("points: 10}", "points: 12}", 1), encoding="utf-8")
    same = ("--facts", "same.yaml", *ON)
    assert seventy("reconcile", *same).stdout.splitlines()[0] == "No area differs from Partner Center"
    assert seventy_json("reconcile", *same)["areas"] == []
    found = seventy("reconcile", "security", "--ticket", *same)
    assert (found.stdout, found.exit_code) == ("", 0)
    assert "no ticket to write" in found.stderr


def test_nothing_to_compare_says_what_to_do(seventy: Any) -> None:
    shown = seventy("reconcile", "security", "--facts", "company.yaml", *ON).stdout
    assert "nothing here to compare the figures of Partner Center with" in shown.splitlines()[0]
    assert "Import the usage reports" in shown and "Type in what Partner Center shows" in shown


def test_an_unknown_area_is_an_error_with_the_near_names(asked: Any, seventy_json: Any) -> None:
    assert seventy_json("reconcile", "secuirty", *asked)["error"]["kind"] == "unknown_solution_area"


def test_a_day_without_rules_is_an_error_of_all_areas(folder: Path, seventy: Any) -> None:
    (folder / "check.yaml").write_text(SECURITY, encoding="utf-8")
    found = seventy("reconcile", "--facts", "check.yaml", "--on", "2020-01-01")
    assert found.exit_code == 2 and "Ask" in found.stderr.title()
