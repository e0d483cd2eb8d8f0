from datetime import date

import pytest

from bot.intake.report_dates import NEVER, WrongDayError, day_order, read_day


@pytest.mark.parametrize(
    "words",
    [
        "2026-10-01",
        "2026-10-01T00:00:00",
        "2026-10-01T23:59:59.123Z",
        "2026-10-01 09:00:00 +09:00",
        "2026/10/1",
        "2026/10/01 0:00",
        "２０２６／１０／１",
        "20261001",
        "10/1/2026",
        "10/01/2026 12:00:00 AM",
        "10-1-2026",
        "1.10.2026",
        "1-Oct-2026",
        "1-Oct-26",
        "01 October 2026",
        "Oct 1, 2026",
        "October 1 2026",
        "2026年10月1日",
    ],
)
def test_every_way_of_writing_a_day_is_read(words: str) -> None:
    assert read_day(words, "month_first") == date(2026, 10, 1)


def test_the_order_of_the_file_decides_days_with_slashes() -> None:
    assert read_day("3/4/2026", "month_first") == date(2026, 3, 4)
    assert read_day("3/4/2026", "day_first") == date(2026, 4, 3)


@pytest.mark.parametrize("words", ["", "-", "N/A", "NULL", "0001-01-01T00:00:00", "1/1/1900"])
def test_an_empty_day_or_one_that_stands_for_it_is_not_given(words: str) -> None:
    assert read_day(words, "month_first") is None


@pytest.mark.parametrize("words", ["9999-12-31", "12/31/9999 11:59:59 PM", "2099-12-31", "2999-01-01"])
def test_a_far_future_day_is_never(words: str) -> None:
    assert read_day(words, "month_first") == NEVER


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("2027/2/30", "impossible_date"),
        ("2/30/2027", "impossible_date"),
        ("2027-13-01", "impossible_date"),
        ("13/1/2027", "impossible_date"),
        ("46388", "spreadsheet_date"),
        ("46388.5", "spreadsheet_date"),
        ("10/1/26", "unreadable_date"),
        ("soon", "unreadable_date"),
        ("2026-10", "unreadable_date"),
        ("2026-10-01" + " " * 40 + "x", "unreadable_date"),
    ],
)
def test_what_is_no_day_is_refused_with_its_kind(words: str, kind: str) -> None:
    with pytest.raises(WrongDayError) as caught:
        read_day(words, "month_first")
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    ("days", "order", "line", "kind"),
    [
        (["1/2/2026", "13/2/2026"], "day_first", 3, "day_order"),
        (["1/2/2026", "2/13/2026"], "month_first", 3, "day_order"),
        (["1/2/2026", "12/12/2026"], "month_first", None, "day_order_assumed"),
        (["2/13/2026", "13/2/2026"], "month_first", 2, "day_order_mixed"),
    ],
)
def test_an_unambiguous_row_decides_the_order_and_it_is_said(
    days: list[str], order: str, line: int | None, kind: str
) -> None:
    found = day_order(enumerate(days, start=2))
    assert (found.order, found.line) == (order, line)
    assert [note.kind for note in found.notes()] == [kind]


def test_nothing_is_said_of_the_order_where_no_day_needs_it() -> None:
    assert day_order([(2, "2026-10-01"), (3, ""), (4, "1.10.2026")]).notes() == ()
