"""`seventy score`: the numbers, the verdict in words, and all six areas."""

from pathlib import Path
from typing import Any

import pytest

ASKED = ("--facts", "company.yaml", "--on", "2026-11-20")
ORDER = ["net_customer_adds", "intermediate_certifications", "usage_growth", "deployments"]


def test_the_json_has_the_exact_numbers_in_the_standard_order(seventy_json: Any) -> None:
    shown = seventy_json("score", "security", *ASKED)
    assert [metric["metric"] for metric in shown["metrics"]] == ORDER
    assert [metric["points_exact"] for metric in shown["metrics"]] == ["12", "80/3", "12", "40/3"]
    assert (shown["total"], shown["total_exact"], shown["qualified"]) == (64, "64", False)
    assert shown["missing"] == {"points": 6, "points_exact": "6", "below_minimum": [], "not_known": []}
    assert (shown["area"], shown["on"], shown["edition"]) == ("security", "2026-11-20", "C3-2026-08")
    assert (shown["track"], shown["track_reason"]) == ("enterprise", "figures_given")


def test_a_fraction_keeps_its_full_precision(seventy_json: Any) -> None:
    assert seventy_json("score", "security", *ASKED)["metrics"][1]["points"] == 80 / 3


def test_ways_are_those_of_the_scorecard(seventy_json: Any) -> None:
    ways = seventy_json("score", "security", *ASKED)["ways"]
    assert [(way["metric"], way["part"], way["units"]) for way in ways] == [
        ("intermediate_certifications", None, 1),
        ("deployments", None, 2),
        ("net_customer_adds", None, 3),
        ("usage_growth", "protected_users", 750),
        ("usage_growth", "azure", 7500),
    ]


def test_a_way_by_association_names_the_association(folder: Path, seventy_json: Any) -> None:
    metrics = "net_customer_adds: {points: 20}, intermediate_certifications: {points: 10}, deployments: {points: 10}"
    metrics += ", advanced_certifications: {points: 15}, usage_growth: {cpor: 5, dpor: 1}"
    (folder / "parts.yaml").write_text(f"areas: {{modern_work: {{enterprise: {{{metrics}}}}}}}", encoding="utf-8")
    shown = seventy_json("score", "modern_work", "--facts", "parts.yaml", "--on", "2026-11-20")
    assert shown["total_exact"] == "1103/20"
    found = [(way["metric"], way["part"], way["units"], way["total_exact"]) for way in shown["ways"]]
    assert found == [("usage_growth", "cpor", 495, "70")]


def test_evidence_names_people_and_the_lines_of_figures(seventy_json: Any) -> None:
    metrics = seventy_json("score", "security", *ASKED)["metrics"]
    assert metrics[0]["evidence"][0]["origin"].startswith("company.yaml:")
    people = {(one["person"], one["certification"], one["step"]) for one in metrics[1]["evidence"]}
    assert ("見本 三郎", "SC-401", "counted") in people
    assert ("見本 二郎", "SC-200", "gate_2") in people


def test_the_renewal_of_an_enrolled_area_has_both_windows(seventy_json: Any) -> None:
    renewal = seventy_json("score", "security", *ASKED)["renewal"]
    assert renewal["anniversary"] == "2027-03-15"
    assert renewal["qualification_window"] == {"start": "2026-10-01", "end": "2027-03-31", "days_left": 131}
    assert seventy_json("score", "modern_work", *ASKED)["renewal"]["anniversary"] is None


def test_warnings_have_a_sentence_and_plain_values(seventy_json: Any) -> None:
    warnings = seventy_json("score", "security", *ASKED)["warnings"]
    first = next(warning for warning in warnings if warning["kind"] == "track_not_computed")
    assert "SMB" in first["message"]
    assert first["values"]["not_known"] == ["net_customer_adds", "usage_growth", "deployments"]


def test_a_gate_is_named_by_all_the_certifications_that_open_it(seventy_json: Any) -> None:
    warnings = seventy_json("score", "security", *ASKED)["warnings"]
    found = next(warning for warning in warnings if warning["kind"] == "gate_exact")
    assert found["metric"] == "intermediate_certifications"
    assert found["values"] == {"certifications": ["AZ-500/SC-500", "SC-200"], "held": 2, "points": 80 / 3}
    assert all(word in found["message"] for word in ("2 people", "AZ-500/SC-500, SC-200", "26.7 points"))


@pytest.mark.parametrize("area", ["security", "infrastructure"])
def test_a_track_that_nothing_decides_is_undecided(folder: Path, seventy_json: Any, area: str) -> None:
    (folder / "empty.yaml").write_text("", encoding="utf-8")
    shown = seventy_json("score", area, "--facts", "empty.yaml", "--on", "2026-11-20")
    assert (shown["track"], shown["track_reason"], shown["total"]) == ("enterprise", "undecided", None)


def test_nothing_known_is_null_and_not_zero(folder: Path, seventy_json: Any) -> None:
    (folder / "empty.yaml").write_text("", encoding="utf-8")
    shown = seventy_json("score", "security", "--facts", "empty.yaml", "--on", "2026-11-20")
    assert (shown["total"], shown["qualified"], shown["missing"]["points"]) == (None, None, None)
    assert shown["missing"]["not_known"] == ORDER
    assert shown["membership"] is shown["renewal"] is None


@pytest.mark.parametrize("name", ["sec", "SECURITY", "ＳＥＣ", "セキュリティ", " security "])
def test_an_area_is_found_by_all_its_names(seventy_json: Any, name: str) -> None:
    assert seventy_json("score", name, *ASKED)["area"] == "security"


def test_a_track_can_be_asked_for(seventy_json: Any) -> None:
    shown = seventy_json("score", "security", "--track", "smb", *ASKED)
    assert (shown["track"], shown["track_reason"]) == ("smb", "asked")
    assert [track["track"] for track in shown["tracks"]] == ["enterprise", "smb"]


def test_the_text_begins_with_the_verdict(seventy: Any) -> None:
    lines = seventy("score", "security", *ASKED).stdout.splitlines()
    assert lines[0] == "Security: 64.0 / 100, 6.0 short of 70"
    assert lines[1].split("  ")[1:3] == ["Net customer adds", ""]
    assert not any("*" in line for line in lines)


def test_a_metric_under_its_minimum_stands_first(folder: Path, seventy: Any) -> None:
    figures = "areas: {security: {metrics: {deployments: 0, net_customer_adds: 9}}}"
    (folder / "zero.yaml").write_text(figures, encoding="utf-8")
    lines = seventy("score", "security", "--facts", "zero.yaml", "--on", "2026-11-20").stdout.splitlines()
    assert lines[1].strip().startswith("Deployments")


@pytest.mark.parametrize("how", ["option", "LANG"])
def test_the_text_is_japanese_where_asked_for(seventy: Any, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setenv("LANG", "ja_JP.UTF-8" if how == "LANG" else "C.UTF-8")
    option = ["--lang", "ja"] if how == "option" else []
    assert "70点まであと6.0" in seventy("score", "security", *ASKED, *option).stdout.splitlines()[0]


def test_without_an_area_all_six_are_told(seventy: Any, seventy_json: Any) -> None:
    shown = seventy_json("score", *ASKED)
    assert (shown["on"], shown["edition"], len(shown["areas"])) == ("2026-11-20", "C3-2026-08", 6)
    lines = seventy("score", *ASKED).stdout.splitlines()
    assert "Security" in lines[0]
    assert all(any(line.strip().startswith(area["name"]) for line in lines) for area in shown["areas"])


def test_an_area_with_an_error_does_not_stop_the_others(seventy: Any, seventy_json: Any) -> None:
    asked = ("score", "--facts", "company.yaml", "--on", "2022-05-01")
    areas = {area["area"]: area for area in seventy_json(*asked)["areas"]}
    assert areas["security"]["error"]["kind"] == "thresholds_not_published"
    assert "error" not in areas["infrastructure"]
    assert seventy(*asked).exit_code == 0


def test_an_error_in_every_area_is_an_error(seventy: Any, seventy_json: Any) -> None:
    asked = ("score", "--facts", "company.yaml", "--on", "2020-01-01")
    assert seventy(*asked).exit_code == 2
    shown = seventy_json(*asked)
    assert (shown["error"]["kind"], len(shown["areas"])) == ("no_edition", 6)


def test_the_day_is_today_where_none_is_asked(seventy_json: Any) -> None:
    from bot.cli.company import today

    assert seventy_json("score", "security", "--facts", "company.yaml")["on"] == today().isoformat()
