"""`seventy evidence`: the customers, services and people behind the points of a metric, with file and line."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from scoring import load_rulebook

Seventy = Callable[..., Result]
SeventyJson = Callable[..., Any]
ON = ("--on", "2026-11-20")
FACTS = ("--facts", "company.yaml", *ON)
HEADERS = ("Month", "CustomerTenantId", "CustomerName", "ServiceLevel2", "PartnerAttributionType", "CustomerSegment")
MONTHS = [f"2025-{month:02d}" for month in range(9, 13)] + [f"2026-{month:02d}" for month in range(1, 11)]


def azure_rows() -> list[tuple[str, ...]]:
    """One customer stays, one falls under USD 1,000, five are new: a net of four, where three give all points.

    In the newest month nine small services are used beside Storage, and a virtual machine, which is not counted.
    """

    def row(month: str, tenant: str, acr: str, service: str = "Storage") -> tuple[str, ...]:
        return month, f"id-{tenant}", tenant, service, "Partner Admin Link", "Enterprise Commercial", "0", acr

    rows = [row(month, "Kept", "1500") for month in MONTHS]
    rows += [row(month, "Lost", "2000") for month in ("2025-09", "2025-10")] + [row("2026-10", "Lost", "999.999")]
    rows += [row("2026-10", f"New {number}", "1000") for number in range(1, 5)] + [row("2026-09", "New 5", "1000")]
    rows += [row("2026-10", "Kept", "1", f"Service {number}") for number in range(1, 10)]
    return [*rows, row("2026-10", "Kept", "5", "Virtual Machines")]


def write_azure(path: Path, rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([(*HEADERS, "IsACRDuplicateAtPGALevel", "ACR_USD"), *rows])


@pytest.fixture
def imported(folder: Path, seventy: Seventy) -> Path:
    """The folder, with a database that holds azure.csv."""
    write_azure(folder / "azure.csv", azure_rows())
    assert seventy("import", "azure.csv", "--db", "db").exit_code == 0
    return folder


@pytest.fixture
def shown(imported: Path, seventy_json: SeventyJson) -> SeventyJson:
    """Asks the database on the day of these tests."""
    return lambda *words: seventy_json("evidence", *words, "--db", "db", *ON)


def test_every_customer_has_its_status_and_its_amounts_now_and_a_year_ago(shown: SeventyJson) -> None:
    doc = shown("infrastructure", "net_customer_adds")
    assert (doc["value"], doc["threshold"], doc["points"], doc["max_points"]) == (4, 3, 30, 30)
    assert [(u["name"], u["status"], u["now_exact"], u["year_ago_exact"]) for u in doc["units"]] == [
        ("Kept", "kept", "1514", "1500"),
        ("Lost", "lost", "999999/1000", "2000"),
        *[(f"New {number}", "added", "1000", "0") for number in range(1, 6)],
    ]
    assert doc["inputs"][0]["now"] == 6 and doc["inputs"][0]["year_ago"] == 2


def test_a_customer_that_is_not_needed_for_the_maximum_is_capped(shown: SeventyJson) -> None:
    units = shown("infra", "adds")["units"]
    assert [unit["name"] for unit in units if unit["capped"]] == ["New 5"]


def test_services_beyond_the_threshold_are_capped(shown: SeventyJson) -> None:
    doc = shown("infrastructure", "deployments")
    names = [*(f"Service {number}" for number in range(1, 10)), "Storage"]
    assert [(unit["item"], unit["capped"]) for unit in doc["units"]] == [
        (name, place >= 5) for place, name in enumerate(names)
    ]
    assert (doc["value"], doc["points"]) == (10, 10)
    assert {(unit["status"], unit["year_ago"]) for unit in doc["units"]} == {("counts", None)}


def test_every_row_says_where_it_stands_and_what_it_says(imported: Path, shown: SeventyJson) -> None:
    lines = (imported / "azure.csv").read_text(encoding="utf-8").splitlines()
    doc = shown("infrastructure", "net_customer_adds")
    assert {(row["file"], row["import_id"], row["report"]) for row in doc["rows"]} == {("azure.csv", 1, "azure_usage")}
    for row in doc["rows"]:
        month, tenant, _, item, *_, acr = lines[row["line"] - 1].split(",")
        assert (month, tenant, item) == (row["month"], row["tenant"], row["item"])
        assert row["amounts"] == {"acr": float(acr)} and row["association"] == "pal"
    assert doc["combining"] == [{"report": "azure_usage", "rows": "sum"}]
    of_lost = [row for row in doc["rows"] if row["tenant"] == "id-Lost"]
    assert [(row["period"], row["month"]) for row in of_lost] == [("year_ago", "2025-09"), ("year_ago", "2025-10")]


def test_the_rule_its_setting_and_the_limits_are_told(shown: SeventyJson) -> None:
    doc = shown("infrastructure", "net_customer_adds")
    assert doc["rule"]["setting"]["test"] == {"at_least": 1000, "more_than": None, "at_most": None}
    assert doc["rule"]["setting"]["in_one_of_months"] == 2 and doc["rule"]["terms"]["threshold"] == 3
    assert doc["rule"]["reference"]["place"] == "Net customer adds, Enterprise"
    assert doc["measured"]["months"] == {"azure_usage": "2026-10"}
    assert [one["limit"] for one in doc["limits"]] == ["offer_type", "sovereign_clouds", "deduplication"]
    assert all(one["en"] and one["ja"] for one in doc["limits"])
    assert doc["figure"] is None


def test_the_score_of_the_database_is_the_one_that_the_evidence_explains(
    imported: Path, seventy_json: SeventyJson
) -> None:
    card = seventy_json("score", "infrastructure", "--db", "db", *ON)
    assert (card["metrics"][0]["value"], card["metrics"][0]["points"]) == (4, 30)


TEXT = {
    "en": """\
Infrastructure, Net customer adds: 30.0 / 30
  How: 4 customers (10 each, up to 3 customers)
    6 customers now, 2 customers a year ago
|5 added (1 capped), 1 lost, 1 kept
  added  New 1  USD 0 → USD 1,000  azure.csv:19
  added  New 2  USD 0 → USD 1,000  azure.csv:20
  added  New 3  USD 0 → USD 1,000  azure.csv:21
  added  New 4  USD 0 → USD 1,000  azure.csv:22
  added  New 5  USD 0 → USD 1,000  azure.csv:23  capped: the maximum is reached without it
  lost  Lost  USD 2,000 → USD 999.999  azure.csv:16, azure.csv:17
  kept  Kept  USD 1,500 → USD 1,514  azure.csv:14, azure.csv:15 and 12 more
""",
    "ja": """\
Infrastructure・新規顧客 (Net customer adds): 30.0 / 30
  内訳: 4社(1社につき10点、3社で満点)
    今回6社、前年2社
|追加5件(うち上限超過1件)、減少1件、継続1件
  追加  New 1  0ドル → 1,000ドル  azure.csv:19
  追加  New 2  0ドル → 1,000ドル  azure.csv:20
  追加  New 3  0ドル → 1,000ドル  azure.csv:21
  追加  New 4  0ドル → 1,000ドル  azure.csv:22
  追加  New 5  0ドル → 1,000ドル  azure.csv:23  上限: これがなくても満点です
  減少  Lost  2,000ドル → 999.999ドル  azure.csv:16, azure.csv:17
  継続  Kept  1,500ドル → 1,514ドル  azure.csv:14, azure.csv:15 ほか12行
""",
}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_text_begins_with_points_and_value_and_lists_every_unit_with_its_rows(
    imported: Path, seventy: Seventy, language: str
) -> None:
    aligned = seventy("evidence", "infra", "新規顧客", "--db", "db", "--lang", language, *ON).stdout
    text = re.sub(r"(?<=\S) {3,}", "  ", aligned)
    for wanted in TEXT[language].split("|"):
        assert wanted in text
    rulebook = load_rulebook()
    rule = rulebook.edition("infrastructure", rulebook.editions[-1].since).metrics["enterprise"]["net_customer_adds"]
    assert getattr(rule.measures, language) in text and "Microsoft Learn" in text
    last = getattr(rulebook.usage_terms.limits["deduplication"], language)
    assert text.splitlines()[-1] == f"  • {last}"


def test_a_figure_that_was_typed_names_its_origin_and_no_customers(seventy: Seventy, seventy_json: SeventyJson) -> None:
    doc = seventy_json("evidence", "security", "net_customer_adds", *FACTS)
    assert (doc["value"], doc["points"], doc["units"], doc["rows"]) == (6, 12, [], [])
    assert (doc["figure"]["origin"], doc["figure"]["line"]) == ("company.yaml:6", 6)
    text = seventy("evidence", "security", "net_customer_adds", *FACTS).stdout
    assert "The figure comes from company.yaml:6, as of Tue 2026-10-20; it names no customers." in text


def test_people_are_listed_with_their_step_and_those_beyond_the_cap_are_marked(
    folder: Path, seventy_json: SeventyJson
) -> None:
    counted = "\n".join(f"  - {{name: P{number}, certifications: [SC-300]}}" for number in range(8))
    gates = "\n".join(f"  - {{name: G{number}, certifications: [AZ-500, SC-200]}}" for number in range(2))
    (folder / "people.yaml").write_text(f"people:\n{counted}\n{gates}\n", encoding="utf-8")
    doc = seventy_json("evidence", "security", "intermediate", "--facts", "people.yaml", "--track", "enterprise", *ON)
    assert (doc["value"], doc["points"]) == (8, 40)
    people = [(one["person"], one["certification"], one["capped"]) for one in doc["people"] if one["step"] == "counted"]
    assert people == [(f"P{number}", "SC-300", number >= 6) for number in range(8)]
    gates_held = [(one["person"], one["certification"]) for one in doc["people"] if one["step"] == "gate"]
    assert sorted(gates_held) == [("G0", "AZ-500"), ("G0", "SC-200"), ("G1", "AZ-500"), ("G1", "SC-200")]
    assert doc["people"][0]["file"] == "people.yaml" and doc["people"][0]["line"] in (10, 11)


NAMES = {
    "net_customer_adds": ("net customer adds", "net_customer_adds", "adds", "ＡＤＤＳ", "新規顧客", "純増"),
    "intermediate_certifications": ("intermediate", "中級資格", "Intermediate certifications"),
    "usage_growth": ("growth", "usage growth", "使用量の伸び"),
    "deployments": ("deployments", "Deployment", "導入数"),
}


@pytest.mark.parametrize(("metric", "words"), [(metric, words) for metric in NAMES for words in NAMES[metric]])
def test_a_metric_is_named_in_either_language_with_or_without_quotes(
    seventy_json: SeventyJson, metric: str, words: str
) -> None:
    assert seventy_json("evidence", "security", words, *FACTS)["metric"] == metric
    assert seventy_json("evidence", "セキュリティ", *words.split(), *FACTS)["metric"] == metric


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("growht", "did you mean Usage growth? It has: Net customer adds, Intermediate, Usage growth, Deployments."),
        ("vibes", "it has: Net customer adds, Intermediate, Usage growth, Deployments."),
        ("advanced", "it has: Net customer adds, Intermediate, Usage growth, Deployments."),
    ],
)
def test_a_metric_that_the_area_does_not_have_gets_those_it_has(seventy: Seventy, words: str, said: str) -> None:
    result = seventy("evidence", "security", words, *FACTS, "--json")
    error = json.loads(result.stdout)["error"]
    assert result.exit_code == 2
    assert (error["kind"], error["where"]) == ("unknown_metric", words)
    assert error["message"] == f"Security has no metric called '{words}'; {said}"


def test_what_could_not_be_measured_says_what_is_lacking(imported: Path, seventy: Seventy, shown: SeventyJson) -> None:
    doc = shown("modern_work", "growth")
    assert (doc["basis"], doc["reason"], doc["units"], doc["rows"]) == ("not_known", "report_missing", [], [])
    assert "office_usage" in doc["measured"]["lacking"]["reports"]
    text = seventy("evidence", "mw", "growth", "--db", "db", *ON).stdout
    assert "not known / 30" in text.splitlines()[0] and "not imported yet: Office 365 license usage" in text


def test_names_from_a_report_cannot_break_the_lines_or_colour_the_terminal(
    imported: Path, seventy: Seventy, folder: Path
) -> None:
    rows = [
        tuple(cell.replace("New 1", "Evil\x1b[31m\n\u202eCorp" + "長" * 300) for cell in row) for row in azure_rows()
    ]
    write_azure(folder / "azure.csv", [(row[0], "id-1" if "Evil" in row[1] else row[1], *row[2:]) for row in rows])
    seventy("import", "azure.csv", "--db", "evil.db")
    text = seventy("evidence", "infra", "adds", "--db", "evil.db", *ON).stdout
    assert "\x1b" not in text and "\u202e" not in text
    (line,) = [line for line in text.splitlines() if "Evil" in line]
    assert line.startswith("  added  Evil [31m Corp長") and len(line) < 250
