import random
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake.errors import MissingColumnError
from bot.intake.report_kinds import ReportKind, UnclearReportError, load_report_kinds, recognised
from bot.intake.tables import plain

KINDS = load_report_kinds()
USAGE = [kind for kind in KINDS.reports.values() if kind.role == "usage"]
MEASURED = [(kind, header) for kind in USAGE for names in kind.quantities.values() for header in names[:1]]


def key_of(headers: list[str]) -> str | None:
    kind = recognised(headers, name="file.csv")
    return None if kind is None else kind.key


def named(headers: list[str]) -> tuple[str, ...]:
    """The report that was recognised, or those that an error names."""
    try:
        kind = recognised(headers, name="file.csv")
    except UnclearReportError as error:
        titles = error.values["reports"]
        return titles if isinstance(titles, tuple) else ()
    except MissingColumnError as error:
        return (str(error.values["report"]),)
    return () if kind is None else (kind.title,)


def other_names(column: str) -> list[str]:
    group = next((group for group in KINDS.same_columns if plain(column) in map(plain, group)), ())
    return [column, *group]


@pytest.mark.parametrize("key", KINDS.reports)
def test_each_report_is_recognised_by_all_its_columns_in_any_order_case_and_spacing(key: str) -> None:
    columns = list(KINDS.reports[key].columns)
    random.Random(1).shuffle(columns)
    assert key_of(columns) == key
    assert key_of([f" {column.upper()} " for column in columns]) == key
    assert key_of([column.replace("Name", " name").replace("_", " ") for column in columns]) == key
    assert key_of(["Our remark", *columns, ""]) == key


@pytest.mark.parametrize("key", KINDS.reports)
def test_each_report_is_recognised_by_the_other_names_of_its_columns(key: str) -> None:
    for place in range(4):
        names = [other_names(column) for column in KINDS.reports[key].columns]
        assert key_of([found[place % len(found)] for found in names]) == key


@pytest.mark.parametrize(
    ("headers", "key"),
    [
        (["Month", "ACR_USD"], "azure_usage"),
        (["Month", "TotalACR"], "azure_usage"),
        (["Month", "CustomerTenantId", "ServiceLevel2", "AzureConsumedRevenueUSD"], "azure_usage"),
        (["Month", "CustomerStatus", "AzureConsumedRevenueUSD"], "customers_and_revenue"),
        (["Month", "SolutionArea", "BilledRevenueUSD"], "subscription_details"),
        (["Month", "Product", "ProductPartNumber", "AvailableSeats"], "subscription_details"),
        (["Month", "WorkloadName", "PaidAvailableUnits"], "office_usage"),
        (["Month", "WorkloadName", "MonthlyActiveUsers"], "office_usage"),
        (["Date", "ClaimId", "MonthlyActiveUsers"], "cpor_usage"),
        (["Date", "DateAssociated", "PaidAvailableUnits"], "cpor_usage"),
        (["Month", "IntunePaidAvailableUnits"], "enterprise_mobility_usage"),
        (["Month", "AADPMonthlyActiveUsers"], "enterprise_mobility_usage"),
        (["Month", "AzipMonthlyActiveUsers"], "enterprise_mobility_usage"),
        (["FiscalMonthName", "AdjustedRevenueAmtCD"], "business_applications_revenue"),
        (["FiscalMonthName", "MAU"], "business_applications_usage"),
        (["FiscalMonthName", "MAC"], "business_applications_usage"),
        (["Month", "RevSumCategoryName", "ActiveSeats"], "dynamics_usage"),
        (["Month", "PartnerHierarchy", "ActiveSeats"], "power_bi_usage"),
        (["TrainingTitle"], "trainings"),
        (["資格名", "氏名"], "trainings"),
        (["PGA_PartnerName", "MPNId"], "partner_profile"),
        (["PartnerName", "AccountType"], "partner_profile"),
        (["PartnerName", "HierarchyLevel"], "partner_profile"),
        (["TrainingName", "TrainingType", "Roles"], "microsoft_learn"),
        (["CompetencyName", "CompetencyLevel"], "competency_summary"),
        (["CompetencyName", "MetricName", "Month"], "competency_performance"),
    ],
)
def test_a_report_is_recognised_by_the_few_columns_that_only_it_has(headers: list[str], key: str) -> None:
    assert key_of(headers) == key
    assert key_of(headers[::-1]) == key


def test_a_cpor_report_without_claim_and_association_date_is_office_usage() -> None:
    columns = [one for one in KINDS.reports["cpor_usage"].columns if one not in ("ClaimId", "DateAssociated")]
    assert key_of(columns) == "office_usage"


@pytest.mark.parametrize(("kind", "quantity"), MEASURED, ids=lambda one: getattr(one, "key", one))
def test_with_month_and_quantity_any_third_column_gives_the_report_or_a_question(
    kind: ReportKind, quantity: str
) -> None:
    needed = [names[0] for names in kind.needs]
    for extra in combinations([column for column in kind.columns if column not in needed], 2):
        headers = list(dict.fromkeys((kind.reads["month"][0], quantity, *needed, *extra)))
        assert kind.title in named(headers)


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_no_subset_of_a_reports_columns_is_taken_for_another_report(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(KINDS.reports.values())))
    columns = data.draw(st.lists(st.sampled_from((*kind.columns, *kind.also)), unique_by=plain, min_size=1))
    headers = [data.draw(st.sampled_from(other_names(column))) for column in columns]
    titles = named(headers)
    is_office = kind.key == "cpor_usage" and not {"ClaimId", "DateAssociated"} & set(headers)
    assert not titles or kind.title in titles or (is_office and titles == ("Office 365 license usage",))


def test_when_several_reports_fit_the_error_names_them_and_columns_that_decide() -> None:
    with pytest.raises(UnclearReportError) as caught:
        recognised(["Month", "SKU", "ActiveSeats"], name="seats.csv")
    assert caught.value.values["reports"] == ("Dynamics 365 license usage", "Power BI license usage")
    assert "RevSumCategoryName" in caught.value.message and "PartnerHierarchy" in caught.value.message
    assert caught.value.where == "seats.csv"


@pytest.mark.parametrize(
    ("headers", "missing", "column"),
    [
        (["CustomerTenantId", "ServiceLevel2", "ACR_USD"], "month", "Month"),
        (["CustomerTenantId", "ServiceLevel2", "Month"], "quantity", "ACR_USD"),
    ],
)
def test_a_report_that_cannot_say_anything_names_the_column_it_needs(
    headers: list[str], missing: str, column: str
) -> None:
    with pytest.raises(MissingColumnError) as caught:
        recognised(headers, name="azure.csv")
    assert caught.value.values["missing"] == missing
    assert column in caught.value.message and "Azure usage" in caught.value.message


@pytest.mark.parametrize(
    "headers", [["area", "metric", "value", "date"], ["a", "b"], ["Name"], [], ["City", "Country"]]
)
def test_a_file_of_something_else_is_no_report(headers: list[str]) -> None:
    assert recognised(headers, name="other.csv") is None


def test_a_column_that_belongs_to_another_report_does_not_hide_what_a_file_is() -> None:
    columns = [*KINDS.reports["azure_usage"].columns, "ClaimId"]
    assert key_of(columns) == "azure_usage"
    customers = [
        one.replace("AzureConsumedRevenueUSD", "TotalACR") for one in KINDS.reports["customers_and_revenue"].columns
    ]
    assert key_of(customers) == "customers_and_revenue"


@pytest.mark.parametrize("kind", USAGE, ids=lambda kind: kind.key)
def test_every_header_that_is_read_is_a_column_of_some_report(kind: ReportKind) -> None:
    read = [header for names in (*kind.reads.values(), kind.tenant_name) for header in names]
    assert {plain(header) for header in read} <= KINDS.weights.keys()


def test_the_reports_are_part_of_the_package() -> None:
    assert '"intake/*.yaml"' in Path("pyproject.toml").read_text()
