"""`seventy rules` and `seventy check`."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from scoring.rulebook import RULES

DAYS = ["2022-05-01", "2023-07-01", "2025-01-01", "2026-06-01", "2026-11-20"]
AREAS = [
    "infrastructure",
    "data_and_ai",
    "digital_and_app_innovation",
    "modern_work",
    "security",
    "business_applications",
]


def test_the_shipped_rule_files_are_all_right(seventy: Any) -> None:
    result = seventy("rules", "lint")
    assert (result.exit_code, result.stdout.endswith(": all right\n")) == (0, True)


def test_a_wrong_rule_file_is_told_with_its_line(folder: Path, seventy: Any, seventy_json: Any) -> None:
    shutil.copytree(RULES, folder / "rules")
    path = folder / "rules" / "security.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("max_points: 40", "max_points: 41", 1), encoding="utf-8")
    error = seventy_json("rules", "lint", "rules")["error"]
    assert (error["kind"], error["where"].rsplit(":", 1)[0]) == ("data_file", "rules/security.yaml")
    assert seventy("rules", "lint", "rules").exit_code == 2


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("area", AREAS)
def test_the_rules_of_every_area_and_edition_can_be_shown(seventy: Any, seventy_json: Any, area: str, day: str) -> None:
    shown = seventy_json("rules", "show", area, "--on", day)
    for track in shown["tracks"]:
        assert sum(metric["max_points"] for metric in track["metrics"]) == 100
    assert all(seventy("rules", "show", area, "--on", day, "--lang", lang).exit_code == 0 for lang in ("en", "ja"))


def test_a_retired_certification_shows_its_last_day_of_credit(seventy: Any, seventy_json: Any) -> None:
    gates = seventy_json("rules", "show", "sec", "--on", "2026-11-20")["tracks"][0]["metrics"][1]["gates"]
    first = gates[0]["certifications"][0]
    assert (first["certification"], first["retired_on"]) == ("AZ-500", "2026-08-31")
    assert first["last_day_of_credit"] == "2027-08-31"
    assert "retired 2026-08-31, counts until 2027-08-31" in seventy("rules", "show", "sec", "--on", "2026-11-20").stdout


def test_a_check_reports_everything_though_a_token_is_missing(seventy: Any, seventy_json: Any) -> None:
    seventy("import", "company.yaml")
    found = {one["subject"]: one for one in seventy_json("check")["checks"]}
    assert {name: one["ok"] for name, one in found.items()} == {
        "settings": True,
        "database": True,
        "rulebook": True,
        "slack": False,
    }
    assert "SLACK_BOT_TOKEN is not set" in found["slack"]["message"]
    assert "1 workspace, 1 import" in found["database"]["message"]
    assert seventy("check").exit_code == 2


def test_a_check_goes_on_after_a_wrong_setting_and_a_wrong_database(
    folder: Path, seventy_json: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEVENTY_TIME_ZONE", "nowhere")
    shown = seventy_json("check", "--db", "company.yaml")
    assert [one["ok"] for one in shown["checks"]] == [False, False, True, False]


def test_slack_that_cannot_be_reached_is_a_sentence(seventy_json: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("BOT_TOKEN", "xoxb-1"), ("APP_TOKEN", "xapp-1"), ("API_URL", "http://127.0.0.1:9/")):
        monkeypatch.setenv(f"SLACK_{name}", value)
    message = seventy_json("check")["checks"][3]["message"]
    assert message.startswith("http://127.0.0.1:9/ cannot be reached")


def test_a_check_makes_no_database(folder: Path, seventy_json: Any) -> None:
    assert seventy_json("check")["checks"][1]["message"].startswith("seventy.db does not exist yet")
    assert not (folder / "seventy.db").exists()


def test_the_key_dates_come_oldest_first_with_their_sources(seventy_json: Any) -> None:
    dates = seventy_json("rules", "dates")["dates"]
    days = [one["day"] for one in dates]
    assert days == sorted(days)
    assert days[0] == "2022-03-16"  # announced
    assert {"2022-09-30", "2022-10-03", "2023-12-01", "2025-01-21", "2026-08-05"} <= set(days)
    assert all(one["event"]["ja"] and one["event"]["en"] and one["reference"]["title"] for one in dates)


def test_the_rules_of_an_area_name_the_competencies_it_replaced(seventy_json: Any) -> None:
    assert seventy_json("rules", "show", "infra")["legacy_competencies"] == ["Cloud Platform", "Data Center"]


def test_a_certification_that_retires_later_is_not_said_to_be_retired(seventy: Any) -> None:
    assert "retires 2026-11-30" in seventy("rules", "show", "mw", "--on", "2026-11-20").stdout
    assert "retired 2026-11-30" in seventy("rules", "show", "mw", "--on", "2026-12-01").stdout
