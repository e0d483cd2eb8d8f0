"""The same exports written in another way give the same numbers."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.exports.conftest import ON, SEED
from tests.exports.oracle import AREAS, METRICS, Answers, answers_of
from tests.exports.program import differences
from tests.exports.programme import AZURE_AREAS
from tests.exports.sheets import Sheets, write_csv
from tests.exports.variations import VARIATIONS, without

Score = Callable[..., dict[str, Any]]

USED = {
    *("Month", "FiscalMonthName", "Date", "CustomerTenantId", "CustomerTenantID", "PartnerAttributionType"),
    *("PartnerAssociationType", "ServiceLevel2", "ACR_USD", "IsACRDuplicateAtPGALevel", "CustomerSegment"),
    *("WorkloadName", "PaidAvailableUnits", "MonthlyActiveUsers", "IsDuplicateRowForPGA", "DateAssociated"),
    *("FreeVsPaidSKU", "AADPPaidAvailableUnits", "IntunePaidAvailableUnits", "AzipPaidAvailableUnits"),
    *("AADPMonthlyActiveUsers", "IntuneMonthlyActiveUsers", "AzipMonthlyActiveUsers"),
    *("Workloads", "AdjustedRevenueAmtCD", "MetricType", "Workload", "MAC", "MAU"),
}
AZURE = {(area, metric) for area in AZURE_AREAS for metric in METRICS}
SECURITY = {("security", metric) for metric in METRICS}
WORK = {("modern_work", metric) for metric in METRICS}
BUSINESS_ADDS = ("business_applications", "net_customer_adds")
BUSINESS_SUCCESS = {("business_applications", metric) for metric in ("usage_growth", "deployments")}
NEEDING = {  # without this column of this report, these metrics and no others are not known
    ("azure", "CustomerTenantId"): SECURITY | {(area, "net_customer_adds") for area in AZURE_AREAS},
    ("azure", "ServiceLevel2"): SECURITY | {(area, "deployments") for area in AZURE_AREAS},
    ("azure", "PartnerAttributionType"): SECURITY | AZURE,
    ("azure", "CustomerSegment"): set(),
    ("office", "CustomerTenantId"): WORK,
    ("office", "PartnerAttributionType"): WORK,
    ("office", "PaidAvailableUnits"): WORK,
    ("mobility", "CustomerTenantId"): WORK | SECURITY,
    ("mobility", "PartnerAttributionType"): WORK | SECURITY,
    ("mobility", "FreeVsPaidSKU"): set(),
    ("cpor", "CustomerTenantId"): WORK | SECURITY,
    ("revenue", "CustomerTenantID"): {BUSINESS_ADDS},
    ("revenue", "PartnerAssociationType"): {BUSINESS_ADDS},
    ("revenue", "Workloads"): {BUSINESS_ADDS},
    ("usage", "CustomerTenantID"): BUSINESS_SUCCESS,
    ("usage", "PartnerAssociationType"): BUSINESS_SUCCESS,
    ("usage", "MetricType"): set(),
}


@pytest.mark.parametrize("name", VARIATIONS)
def test_it_changes_nothing(tmp_path: Path, score_of: Score, sheets: Sheets, expected: Answers, name: str) -> None:
    folder = VARIATIONS[name](tmp_path / "exports", sheets, random.Random(SEED))
    assert differences(score_of(folder), expected) == []


def test_files_in_the_other_order(score_of: Score, clean: Path, expected: Answers) -> None:
    assert differences(score_of(*sorted(clean.iterdir(), reverse=True)), expected) == []


def test_columns_that_no_metric_needs_may_be_left_out(
    tmp_path: Path, score_of: Score, sheets: Sheets, expected: Answers
) -> None:
    fewer = [without(sheet, *(column for column in sheet.headers if column not in USED)) for sheet in sheets]
    assert differences(score_of(write_csv(tmp_path / "exports", fewer)), expected) == []


@pytest.mark.parametrize(("report", "column"), NEEDING)
def test_without_a_column_exactly_the_metrics_that_need_it_are_not_known(
    tmp_path: Path, score_of: Score, sheets: Sheets, expected: Answers, report: str, column: str
) -> None:
    cut = [without(sheet, column) if sheet.name == report else sheet for sheet in sheets]
    folder = write_csv(tmp_path / "exports", cut)
    answers = answers_of(folder, ON)
    unknown = {(area, metric) for (area, _, metric), answer in answers.items() if answer.points is None}
    assert unknown == NEEDING[report, column]
    if NEEDING[report, column]:
        known = {key: answer for key, answer in answers.items() if answer.points is not None}
        assert known == {key: expected[key] for key in known}
    assert {area for area, _, _ in answers} == set(AREAS)
    assert differences(score_of(folder), answers) == []


def test_rows_that_differ_only_in_what_no_metric_needs_all_count(
    tmp_path: Path, score_of: Score, sheets: Sheets
) -> None:
    azure = next(sheet for sheet in sheets if sheet.name == "azure")
    place = azure.at("SubscriptionId")
    again = [(*row[:place], f"{row[place]}-again", *row[place + 1 :]) for row in azure.rows]
    folder = write_csv(tmp_path / "exports", [azure.with_rows((*azure.rows, *again))])
    assert differences(score_of(folder), answers_of(folder, ON)) == []
