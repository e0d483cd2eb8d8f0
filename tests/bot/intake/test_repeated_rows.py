from bot.intake.usage_reading import without_repeats
from scoring.usage import BILLION
from tests.bot.intake.usage_files import read

HEADER = "Month,CustomerTenantId,ServiceLevel2,ACR_USD\n"


def test_a_row_in_several_files_stays_only_in_the_file_that_is_first_by_name() -> None:
    second = read(HEADER + "2026-10,t,S,1\n2026-10,t,S,2\n", name="b.csv")
    first = read(HEADER + "2026-10,t,S,2\n2026-10,t,S,3\n", name="a.csv")
    found = without_repeats([second, first])
    assert [report.name for report in found] == ["b.csv", "a.csv"]
    assert [report.rows.quantities["acr"].tolist() for report in found] == [[BILLION], [2 * BILLION, 3 * BILLION]]
    assert [report.taken for report in found] == [1, 2]
    assert [report.duplicates["repeated"] for report in found] == [1, 0]
    assert [len(report.hashes) for report in found] == [1, 2]


def test_the_order_and_the_names_of_columns_do_not_hide_that_rows_are_equal() -> None:
    one = read(HEADER + "2026-10,t,S,1\n", name="a.csv")
    other = read("acr usd,Service Level2,CustomerTenantID,FiscalMonthName\n1,S,t,2026-10\n", name="b.csv")
    assert [report.taken for report in without_repeats([one, other])] == [1, 0]


def test_rows_of_files_with_other_columns_or_of_other_reports_are_not_equal() -> None:
    one = read(HEADER + "2026-10,t,S,1\n", name="a.csv")
    more = read("Month,CustomerTenantId,ServiceLevel2,ACR_USD,EOU\n2026-10,t,S,1,\n", name="b.csv")
    moved = read("Month,ServiceLevel2,CustomerTenantId,ACR_USD\n2026-10,t,S,1\n", name="c.csv")
    assert [report.taken for report in without_repeats([one, more, moved])] == [1, 1, 1]


def test_a_repeated_row_of_several_workloads_is_one_row_of_the_file() -> None:
    text = "Month,CustomerTenantId,IntunePaidAvailableUnits,AADPPaidAvailableUnits\n2026-10,t,1,1\n2026-10,u,1,1\n"
    one, other = without_repeats([read(text, name="a.csv"), read(text, name="b.csv")])
    assert (len(one.rows), one.taken, one.duplicates["repeated"]) == (4, 2, 0)
    assert (len(other.rows), other.taken, other.duplicates["repeated"]) == (0, 0, 2)


def test_nothing_to_compare_is_nothing() -> None:
    assert without_repeats([]) == ()
