import numpy as np
import pytest

from bot.intake.report_kinds import load_report_kinds
from scoring.usage import BILLION, NO_CODE, NOT_GIVEN
from tests.bot.intake.usage_files import read, rejected, rows

AZURE = (
    "Month,CustomerTenantId,CustomerName,ServiceLevel2,PartnerAttributionType,CustomerSegment,"
    "IsACRDuplicateAtPGALevel,ACR_USD"
)


def azure(*lines: str) -> str:
    return "\n".join((AZURE, *lines))


def test_the_rows_of_azure_usage_are_taken_with_their_lines_and_exact_amounts() -> None:
    report = read(
        azure(
            "2026-10,t-2,Fabrikam,Storage,PAL,SMC Commercial,0,0.000000001",
            "2026-09,t-1,Contoso,Virtual Machines,CSP Tier 1,Enterprise,0,-12.5",
            "2026-10,t-1,Contoso,Storage,,,,",
        )
    )
    assert rows(report) == [
        (2, "2026-10", "t-2", "Storage"),
        (3, "2026-09", "t-1", "Virtual Machines"),
        (4, "2026-10", "t-1", "Storage"),
    ]
    found = report.rows
    assert found.dataset == "azure_usage" and found.source == "usage.csv"
    assert found.quantities["acr"].tolist() == [1, -12_500_000_000, NOT_GIVEN]
    assert [found.associations[code] for code in found.association[:2]] == ["PAL", "CSP Tier 1"]
    assert [found.segments[code] for code in found.segment[:2]] == ["SMC Commercial", "Enterprise"]
    assert found.association[2] == found.segment[2] == NO_CODE
    assert dict(zip(found.tenants, found.tenant_names, strict=True)) == {"t-1": "Contoso", "t-2": "Fabrikam"}
    assert report.missing == () and report.notes == () and report.rejected == ()


def test_a_tenant_is_the_same_whatever_the_case_and_the_spaces_around_it() -> None:
    report = read(azure("2026-10,AB-1,,S,PAL,,0,1", "2026-10, ab-1 ,B,S,PAL,,0,2", "2026-10,ab-1,A,S,PAL,,0,3"))
    assert report.rows.tenants == ("AB-1",) and report.rows.tenant_names == ("A",)
    assert report.rows.tenant.tolist() == [0, 0, 0]


def test_each_kind_of_faulty_row_is_rejected_with_its_line_column_value_and_reason() -> None:
    report = read(
        azure(
            "Octember 2026,t-1,A,S,PAL,,0,1",
            ",t-1,A,S,PAL,,0,1",
            "2026-10, ,A,S,PAL,,0,1",
            "2026-10,t-1,A,S,PAL,,0,n/a",
            "2026-10,t-1,A,S,PAL,,0,2e9",
            "2026-10,t-1,A,S,PAL,,2,1",
            "2026-10,t-1,A,S,PAL,,0,1",
            "2026-10,t-1,A,S,PAL,,0,1,surplus",
        )
    )
    assert rejected(report) == [
        (2, "Month", "Octember 2026", "not_a_month", "month"),
        (3, "Month", "", "no_month", "month"),
        (4, "CustomerTenantId", "", "no_tenant", "tenant"),
        (5, "ACR_USD", "n/a", "not_a_number", "acr"),
        (6, "ACR_USD", "2e9", "out_of_range", "acr"),
        (7, "IsACRDuplicateAtPGALevel", "2", "not_a_flag", "duplicate"),
        (9, "", "surplus", "too_many_cells", ""),
    ]
    assert rows(report) == [(8, "2026-10", "t-1", "S")]
    assert report.rejected[0].message == 'month "Octember 2026" is not a month; write it as 2026-10'
    assert report.rejected[2].message == "the tenant id is empty"


def test_a_row_with_several_faults_is_rejected_once_for_the_first_of_them() -> None:
    report = read(azure("x,,A,S,PAL,,x,x", "2026-10,,A,S,PAL,,x,x", "2026-10,t,A,S,PAL,,x,x"))
    assert [(line, reason) for line, _, _, reason, _ in rejected(report)] == [
        (2, "not_a_month"),
        (3, "no_tenant"),
        (4, "not_a_number"),
    ]


def test_headers_in_messages_are_as_the_file_writes_them() -> None:
    report = read("fiscal month name,CUSTOMER TENANT ID,service_level_2,acr usd\n2026-10,t,S,x\n")
    assert rejected(report) == [(2, "acr usd", "x", "not_a_number", "acr")]


@pytest.mark.parametrize("flag", ["1", "true", "Yes", " TRUE "])
def test_rows_that_partner_center_marks_as_duplicates_are_dropped_and_counted(flag: str) -> None:
    report = read(azure("2026-10,t-1,A,S,PAL,,0,1", f"2026-10,t-2,A,S,DPOR,,{flag},1", "2026-10,t-1,A,S,X,,no,1"))
    assert report.duplicates == {"flagged": 1, "repeated": 0} and report.taken == 2
    assert report.rows.tenants == ("t-1",) and report.rows.associations == ("PAL", "X")


def test_rows_equal_in_every_cell_count_once_and_the_first_stays() -> None:
    report = read(azure("2026-10,t,A,S,PAL,,0,1", "2026-10,t,A,S,PAL,,0,2", *["2026-10,t,A,S,PAL,,0,1"] * 2))
    assert report.rows.line.tolist() == [2, 3]
    assert report.duplicates == {"flagged": 0, "repeated": 2}


def test_rows_that_differ_in_a_column_nobody_reads_all_count() -> None:
    report = read("Month,CustomerTenantId,SubscriptionId,ServiceLevel2,ACR_USD\n2026-10,t,s1,S,1\n2026-10,t,s2,S,1\n")
    assert report.taken == 2


def test_a_faulty_row_that_stands_twice_is_rejected_twice() -> None:
    assert len(read(azure(*["2026-10,t,A,S,PAL,,0,x"] * 2)).rejected) == 2


@pytest.mark.parametrize(
    ("months", "taken", "kind"),
    [
        (["2/1/2026", "1/13/2026"], ["2026-02", "2026-01"], "day_order"),
        (["2/1/2026", "13/1/2026"], ["2026-01", "2026-01"], "day_order"),
        (["2/1/2026", "3/1/2026"], ["2026-02", "2026-03"], "day_order_assumed"),
    ],
)
def test_one_row_that_allows_only_one_order_decides_how_all_days_of_the_file_are_read(
    months: list[str], taken: list[str], kind: str
) -> None:
    report = read(azure(*(f"{month},t,A,S,PAL,,0,{place}" for place, month in enumerate(months))))
    assert [month for _, month, _, _ in rows(report)] == taken
    assert [note.kind for note in report.notes] == [kind]


def test_a_day_that_nobody_reads_decides_the_order_too() -> None:
    report = read(
        "Month,CustomerTenantId,SubscriptionStartDate,ACR_USD\n1/10/2026,t,1/4/2024,1\n1/9/2026,t,31/3/2024,1\n"
    )
    assert [month for _, month, _, _ in rows(report)] == ["2026-10", "2026-09"]
    assert [note.kind for note in report.notes][:1] == ["day_order"]


def test_association_days_are_read_and_wrong_ones_rejected() -> None:
    report = read(
        "CustomerTenantId,WorkloadName,MonthlyActiveUsers,PaidAvailableUnits,ClaimId,DateAssociated,Date\n"
        "t,Exchange,5,10,c,2026-01-31,2026-10-01\n"
        "t,Exchange,5,10,c,,2026-10-01\n"
        "t,Exchange,5,10,c,soon,2026-10-01\n"
        "t,Exchange,-5,10,c,2026-01-31,2026-10-01\n"
        "t,Exchange,5,10,c,9999-12-31,2026-10-01\n"
    )
    assert report.rows.associated.tolist() == [739_647, 0]
    assert rejected(report) == [
        (4, "DateAssociated", "soon", "unreadable_date", "associated"),
        (5, "MonthlyActiveUsers", "-5", "negative", "active_users"),
        (6, "DateAssociated", "9999-12-31", "impossible_date", "associated"),
    ]
    assert report.missing == ("association",)


def test_one_row_of_enterprise_mobility_says_something_of_each_workload_it_has_amounts_for() -> None:
    report = read(
        "Month,CustomerTenantId,FreeVsPaidSKU,"
        "IntunePaidAvailableUnits,IntuneMonthlyActiveUsers,AADPPaidAvailableUnits,AADPMonthlyActiveUsers\n"
        "2026-10,t,Paid,10,4,20,\n"
        "2026-10,u,Free,10,4,20,5\n"
        "2026-10,v,paid,,,30,7\n"
        "2026-10,w,Paid,,,,\n"
        "2026-10,t,Paid,10,4,20,\n"
    )
    assert rows(report) == [
        (2, "2026-10", "t", "Intune"),
        (2, "2026-10", "t", "Entra ID P1"),
        (4, "2026-10", "v", "Entra ID P1"),
        (5, "2026-10", "w", None),
    ]
    assert report.rows.quantities["paid_seats"].tolist() == [10 * BILLION, 20 * BILLION, 30 * BILLION, NOT_GIVEN]
    assert report.rows.quantities["active_users"].tolist() == [4 * BILLION, NOT_GIVEN, 7 * BILLION, NOT_GIVEN]
    assert (report.taken, report.ignored, report.duplicates["repeated"]) == (3, {"not_paid": 1}, 1)
    assert [note.values["workloads"] for note in report.notes] == [("Purview Information Protection",)]


def test_without_a_column_that_tells_paid_rows_all_rows_count() -> None:
    report = read("FiscalMonthName,CustomerTenantID,Workload,MAU,MAC\n2026-10,t,Sales,5,6\n")
    assert report.taken == 1 and report.ignored == {}
    assert {name: amounts.tolist() for name, amounts in report.rows.quantities.items()} == {
        "active_users": [5 * BILLION],
        "active_customers": [6 * BILLION],
    }


def test_of_subscription_details_only_business_applications_count() -> None:
    report = read(
        "Month,CustomerTenantId,SolutionArea,Product,BilledRevenueUSD,AvailableSeats\n"
        '2026-10,t,Business Applications,Sales,"$1,000.50",3\n'
        "2026-10,t,Modern Work,Teams,10,3\n"
    )
    assert rows(report) == [(2, "2026-10", "t", "Sales")]
    assert report.ignored == {"other_solution_area": 1}
    assert report.rows.quantities["revenue"].tolist() == [1_000_500_000_000]


def test_power_bi_usage_is_of_the_one_workload() -> None:
    report = read("Month,CustomerTenantId,PartnerHierarchy,AvailableSeats,ActiveSeats\n2026-10,t,L,5,4\n")
    assert rows(report) == [(2, "2026-10", "t", "Power BI")]
    assert "item" in report.rows.fields


def test_columns_that_are_not_there_are_named_and_nothing_else_fails() -> None:
    report = read("Month,ACR_USD\n2026-10,5\n")
    assert rows(report) == [(2, "2026-10", None, None)]
    assert report.missing == ("tenant", "item", "association", "segment", "duplicate")
    assert report.rows.fields == {"month", "acr"}
    assert [note.kind for note in report.notes] == ["no_duplicate_flag"]


@pytest.mark.parametrize("key", [key for key, kind in load_report_kinds().reports.items() if kind.role == "usage"])
def test_a_report_without_rows_is_read(key: str) -> None:
    report = read(",".join(load_report_kinds().reports[key].columns) + "\n")
    assert (report.rows_read, report.taken, len(report.rows)) == (0, 0, 0)
    assert report.missing == ()


def test_many_rows_in_several_chunks_keep_their_lines() -> None:
    lines = [f"2026-10,t-{place % 7},N{place % 7},S,PAL,,0,{place}.25" for place in range(5000)]
    lines[3000] = "2026-10,t,N,S,PAL,,0,wrong"
    report = read(azure(*lines))
    assert [line for line, *_ in rejected(report)] == [3002]
    assert np.array_equal(report.rows.line, [line for line in range(2, 5002) if line != 3002])
    assert report.rows.quantities["acr"].tolist()[-1] == 4999 * BILLION + BILLION // 4


def test_the_order_of_rows_changes_nothing_but_their_lines() -> None:
    lines = [
        "2026-10,T-2,B,Storage,PAL,SMC,0,1",
        "2026-10,t-2,A,Backup,DPOR,,0,2",
        "2026-09,t-1,C,Storage,,Enterprise,0,3",
        "2026-09,t-3,C,Storage,,,1,3",
    ]
    one, other = read(azure(*lines)).rows, read(azure(*lines[::-1])).rows
    assert (one.tenants, one.tenant_names) == (other.tenants, other.tenant_names) == (("T-2", "t-1"), ("A", "C"))
    assert (one.items, one.associations, one.segments) == (other.items, other.associations, other.segments)
    assert np.array_equal(one.quantities["acr"], other.quantities["acr"][::-1])
    assert np.array_equal(one.tenant, other.tenant[::-1]) and np.array_equal(one.item, other.item[::-1])


def test_arrays_have_the_types_that_are_stored() -> None:
    found = read(azure("2026-10,t,A,S,PAL,SMC,0,1", "2026-10,t,A,S,PAL,SMC,1,1")).rows
    codes = (found.month, found.tenant, found.item, found.association, found.segment, found.associated)
    assert {array.dtype for array in codes} == {np.dtype(np.int32)}
    assert {array.dtype for array in (found.line, *found.quantities.values())} == {np.dtype(np.int64)}
