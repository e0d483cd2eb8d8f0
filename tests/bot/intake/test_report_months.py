import pytest

from bot.intake.report_dates import WrongDayError
from bot.intake.report_months import read_month
from scoring.usage import first_day


@pytest.mark.parametrize(
    "words",
    [
        "2026-10",
        "2026-10-01",
        "2026-10-01T00:00:00",
        "2026-10-01 00:00:00",
        "10/1/2026",
        "10/01/2026 12:00:00 AM",
        "Oct-2026",
        "October 2026",
        "October, 2026",
        "OCT 2026",
        "Oct-26",
        "202610",
        "20261031",
        "2026/10",
        "2026/10/1",
        "10/2026",
        "2026年10月",
        "2026年10月1日",
        "２０２６－１０",
        "2026-Oct",
        "1-Oct-2026",
        "FY27-Oct",
        "FY27 Oct",
        "FY2027-October",
        "October, FY2027",
        "Oct FY27",
        "October (FY27)",
        "FY27-Q2-Oct",
        "  2026-10\u00a0",
    ],
)
def test_every_way_of_writing_a_month_is_read(words: str) -> None:
    assert f"{first_day(read_month(words, 'month_first')):%Y-%m}" == "2026-10"


@pytest.mark.parametrize(
    ("words", "month"), [("FY27-Jul", "2026-07"), ("FY27-Jun", "2027-06"), ("FY2027 January", "2027-01")]
)
def test_microsofts_fiscal_year_begins_in_july(words: str, month: str) -> None:
    assert f"{first_day(read_month(words, 'month_first')):%Y-%m}" == month


def test_the_order_of_the_file_decides_which_number_is_the_month() -> None:
    assert first_day(read_month("3/4/2026", "month_first")).month == 3
    assert first_day(read_month("3/4/2026", "day_first")).month == 4


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("", "no_month"),
        ("  ", "no_month"),
        ("2026-13", "not_a_month"),
        ("202613", "not_a_month"),
        ("2026-02-30", "not_a_month"),
        ("13/13/2026", "not_a_month"),
        ("Total", "not_a_month"),
        ("Octember 2026", "not_a_month"),
        ("FY27", "not_a_month"),
        ("0001-01-01", "not_a_month"),
        ("9999-12-31", "not_a_month"),
        ("1526-10", "not_a_month"),
        ("N/A", "not_a_month"),
        ("=TODAY()", "not_a_month"),
        ("2026-10" + "0" * 100, "not_a_month"),
        ("46296", "spreadsheet_date"),
    ],
)
def test_what_is_no_month_is_refused_with_its_kind(words: str, kind: str) -> None:
    with pytest.raises(WrongDayError) as caught:
        read_month(words, "month_first")
    assert caught.value.kind == kind
