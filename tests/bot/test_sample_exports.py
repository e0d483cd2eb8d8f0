"""`seventy sample` writes the exports of a company that is plainly invented, the same ones for the same options."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.intake.report_kinds import recognised
from bot.sample_exports import FolderError, write_reports
from bot.sample_exports.reports import SampleReport
from scoring import Rulebook, load_rulebook
from tests.bot.sample_columns import COLUMNS
from tests.exports.oracle import answers_of

Row = dict[str, str]
Reports = dict[str, list[Row]]
LICENCE_REPORTS = [title for title in COLUMNS if title.endswith("license usage") or title == "CPOR-M365 usage"]
OTHER_MONTHLY = [title for title in list(COLUMNS)[:-2] if title not in LICENCE_REPORTS]
MONTH_COLUMNS = ("Month", "FiscalMonthName", "Date")


def _sample(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["sample", str(folder), *options])


def _read(folder: Path) -> Reports:
    found = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    return found


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample of 60 customers and 25 months up to 2026-10."""
    path = tmp_path_factory.mktemp("sample") / "company"
    assert _sample(path, "--until", "2026-10").exit_code == 0
    return path


@pytest.fixture(scope="module")
def reports(folder: Path) -> Reports:
    return _read(folder)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


def _months(rows: list[Row]) -> list[str]:
    (column,) = (name for name in MONTH_COLUMNS if name in rows[0])
    return sorted({row[column][:7] for row in rows})


def _cells(reports: Reports, matching: Callable[[str], object]) -> Iterator[str]:
    for rows in reports.values():
        for row in rows:
            yield from (cell for name, cell in row.items() if matching(name) and cell)


# The files


def test_the_same_options_give_the_same_bytes(tmp_path: Path, folder: Path) -> None:
    _sample(tmp_path / "again", "--until", "2026-10", "--seed", "70", "--tenants", "60", "--months", "25")
    assert _bytes(tmp_path / "again") == _bytes(folder)


def test_another_seed_gives_another_company(tmp_path: Path, folder: Path) -> None:
    _sample(tmp_path / "other", "--until", "2026-10", "--seed", "71")
    assert _bytes(tmp_path / "other")["Azure usage.csv"] != _bytes(folder)["Azure usage.csv"]


@pytest.mark.parametrize("title", COLUMNS)
def test_every_report_has_all_its_columns_in_the_documented_order(folder: Path, title: str) -> None:
    header = (folder / f"{title}.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.split(",") == COLUMNS[title].replace(",", " ").split()


def test_nothing_but_those_reports_is_written(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {f"{title}.csv" for title in COLUMNS}


@pytest.mark.parametrize("title", COLUMNS)
def test_every_report_is_recognised_by_its_headers(reports: Reports, title: str) -> None:
    kind = recognised(tuple(reports[title][0]), name=title)
    assert kind is not None
    assert kind.title == title


def test_tsv_holds_the_same_rows(tmp_path: Path, reports: Reports) -> None:
    _sample(tmp_path, "--until", "2026-10", "--format", "tsv")
    with (tmp_path / "Azure usage.tsv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file, delimiter="\t")) == reports["Azure usage"]


def test_rows_gives_about_so_many_rows_of_azure_usage_alone(tmp_path: Path) -> None:
    found = json.loads(_sample(tmp_path, "--until", "2026-10", "--rows", "20000", "--json").stdout)
    assert [path.name for path in tmp_path.iterdir()] == ["Azure usage.csv"]
    assert 18_000 < found["files"][0]["rows"] < 22_000


def test_json_lists_every_file_with_its_rows(tmp_path: Path, reports: Reports) -> None:
    found = json.loads(_sample(tmp_path, "--until", "2026-10", "--json").stdout)
    files = found.pop("files")
    assert found == {"folder": str(tmp_path), "seed": 70, "tenants": 60, "months": 25, "until": "2026-10"}
    assert {Path(one["path"]).stem: one["rows"] for one in files} == {name: len(rows) for name, rows in reports.items()}
    assert [one["report"] for one in files] == [Path(one["path"]).stem for one in files]


# The folder


def test_a_folder_that_is_not_empty_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    result = _sample(tmp_path, "--until", "2026-10")
    assert result.exit_code == 2
    assert "is not empty (it holds notes.txt)" in result.stderr
    assert _bytes(tmp_path) == {"notes.txt": b"mine"}


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    result = _sample(tmp_path / "file", "--until", "2026-10", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["kind"] == "folder_not_usable"


def test_a_folder_that_is_not_there_is_made_with_those_above_it(tmp_path: Path) -> None:
    assert _sample(tmp_path / "a" / "b", "--until", "2026-10", "--tenants", "1").exit_code == 0
    assert len(list((tmp_path / "a" / "b").iterdir())) == len(COLUMNS)


def test_a_disk_that_fills_up_leaves_nothing_behind(tmp_path: Path) -> None:
    def rows() -> Iterator[Row]:
        yield {"A": "1"}
        raise OSError(28, "No space left on device")

    whole = SampleReport("whole", ("A",), lambda: iter([{"A": "1"}]))
    with pytest.raises(FolderError, match="No space left on device"):
        write_reports([whole, SampleReport("half", ("A",), rows)], tmp_path / "a" / "b", "csv")
    assert list(tmp_path.iterdir()) == []


# Options


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--until", "2026-13"), "'2026-13' is not a month; write it as 2026-10."),
        (("--until", "October"), "'October' is not a month; write it as 2026-10."),
        (("--rows", "5", "--tenants", "4"), "Give either --rows or --tenants, not both."),
        (("--months", "0"), "0 is not in the range"),
    ],
)
def test_an_option_that_makes_no_sense_is_told_and_nothing_is_made(
    tmp_path: Path, options: tuple[str, ...], sentence: str
) -> None:
    result = _sample(tmp_path / "new", *options)
    assert (result.exit_code, (tmp_path / "new").exists()) == (2, False)
    assert sentence in result.stderr


def test_without_until_the_last_month_is_that_before_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.sample_command.today", lambda: date(2027, 1, 5))
    found = json.loads(_sample(tmp_path, "--tenants", "1", "--json").stdout)
    assert found["until"] == "2026-12"


# The company


def test_every_customer_partner_and_person_is_plainly_invented(reports: Reports) -> None:
    companies = set(_cells(reports, lambda name: name.endswith(("CustomerName", "PartnerName", "ResellerName"))))
    companies |= set(_cells(reports, lambda name: name == "CustomerTenantName"))
    assert len(companies) > 50
    assert {name for name in companies if not re.fullmatch(r"Sample [\w ]+ \(invented\)", name)} == set()
    people = {
        (row["IndividualFirstName"], row["IndividualLastName"])
        for row in reports["Trainings, exams and certifications"]
    }
    assert {one for one in people if one[0] != "Sample" or not re.fullmatch(r"Person \d\d", one[1])} == set()


def test_every_address_is_one_that_cannot_exist(reports: Reports) -> None:
    addresses = set(_cells(reports, lambda name: name in ("Email", "CorpEmail", "TenantDomainName")))
    assert addresses
    assert {one for one in addresses if not one.endswith(".example")} == set()


@pytest.mark.parametrize("title", OTHER_MONTHLY)
def test_a_report_holds_every_month_up_to_the_last(reports: Reports, title: str) -> None:
    months = _months(reports[title])
    assert (len(months), months[0], months[-1]) == (25, "2024-10", "2026-10")


@pytest.mark.parametrize("title", LICENCE_REPORTS)
def test_a_report_on_licence_usage_is_a_month_behind(reports: Reports, title: str) -> None:
    months = _months(reports[title])
    assert (len(months), months[0], months[-1]) == (24, "2024-10", "2026-09")


def test_amounts_are_decimals_of_two_or_six_places(reports: Reports) -> None:
    def is_amount(name: str) -> bool:
        return name in ("ACR_USD", "BilledRevenueUSD", "AzureConsumedRevenueUSD", "AdjustedRevenueAmtCD")

    amounts = set(_cells(reports, is_amount))
    assert {one for one in amounts if not re.fullmatch(r"-?\d+\.(\d{2}|\d{6})", one)} == set()
    assert any(one.startswith("-") for one in amounts)


def test_of_several_association_types_all_but_one_are_marked_as_duplicates(reports: Reports) -> None:
    flags = defaultdict(list)
    for row in reports["Azure usage"]:
        key = [row[name] for name in ("CustomerTenantId", "Month", "ServiceLevel2", "ServiceLevel3", "ACR_USD")]
        flags[tuple(key)].append((row["IsACRDuplicateAtPGALevel"], row["PartnerAttributionType"]))
    several = [found for found in flags.values() if len(found) > 1]
    assert several
    assert all(sorted(flag for flag, _ in found) == ["0", "1"] for found in several)
    assert all(len({association for _, association in found}) == 2 for found in several)


def test_association_types_that_count_and_that_do_not_are_there(reports: Reports) -> None:
    found = {row["PartnerAttributionType"] for row in reports["Azure usage"]}
    assert {"Partner Admin Link", "CSP Tier 1", "CSP Tier 2", "Digital Partner of Record"} < found
    assert "Transacting Partner of Record (TPOR)" in found


def test_large_and_small_customers_are_there(reports: Reports) -> None:
    segments = {row["CustomerSegment"] for row in reports["Azure usage"]}
    assert {"Small, Medium & Corporate Commercial", "SMC Commercial", "Enterprise Commercial"} <= segments


def test_customers_come_and_leave(reports: Reports) -> None:
    by_month = defaultdict(set)
    for row in reports["Azure usage"]:
        by_month[row["Month"][:7]].add(row["CustomerTenantId"])
    assert by_month["2026-10"] - by_month["2025-10"]
    assert by_month["2025-10"] - by_month["2026-10"]


def test_some_claims_are_young_and_none_has_rows_before_its_month(reports: Reports) -> None:
    claims = {(row["DateAssociated"], row["Date"]) for row in reports["CPOR-M365 usage"]}
    assert any(associated > "2025-10" for associated, _ in claims)
    assert any(associated < "2025-10" for associated, _ in claims)
    assert {one for one in claims if one[1][:7] < one[0][:7]} == set()


def test_some_customers_are_exactly_at_a_threshold_and_some_just_under(reports: Reports) -> None:
    month: dict[str, Decimal] = defaultdict(Decimal)
    for row in reports["Azure usage"]:
        if row["Month"] == "2026-10-01":
            month[row["CustomerTenantId"]] += Decimal(row["ACR_USD"])
    assert {Decimal(1000), Decimal("999.99"), Decimal(500), Decimal("499.98")} <= set(month.values())


def test_every_certification_is_known_under_its_full_title(reports: Reports, rulebook: Rulebook) -> None:
    rows = [row for row in reports["Trainings, exams and certifications"] if row["TrainingType"] == "Certification"]
    prefix = "Microsoft Certified: "
    for row in rows:
        assert row["TrainingTitle"].startswith(prefix)
        key = rulebook.certifications.find(row["TrainingTitle"])
        assert key is not None
        assert rulebook.certifications[key].name == row["TrainingTitle"].removeprefix(prefix)


def test_a_certification_lapses_after_a_year_and_was_earned_before_it_retired(
    reports: Reports, rulebook: Rulebook
) -> None:
    for row in reports["Trainings, exams and certifications"]:
        if not row["ExpirationDate"]:
            continue
        earned, expires = (date.fromisoformat(row[name]) for name in ("TrainingCompletionDate", "ExpirationDate"))
        assert (expires - earned).days == 365
        certification = rulebook.certifications[str(rulebook.certifications.find(row["TrainingTitle"]))]
        assert certification.retired_on is None or earned <= certification.retired_on


def test_every_metric_can_be_computed_from_the_sample(folder: Path) -> None:
    answers: dict[Any, Any] = answers_of(folder, date(2026, 11, 20))
    assert {key: answer.missing for key, answer in answers.items() if answer.points is None} == {}
