"""The days that decide a designation: Microsoft's examples, both rules, and calendars at their ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import Rulebook
from scoring.windows import Window, next_anniversary, qualification_window, renewal_window

days = st.dates(min_value=date(2023, 9, 19), max_value=date(2090, 12, 31))


def test_microsofts_example_of_a_partner_that_is_not_enrolled(rulebook: Rulebook) -> None:
    window = qualification_window(rulebook.programme, date(2024, 8, 15))
    assert window == Window(start=date(2024, 3, 1), end=date(2024, 8, 15))


def test_microsofts_example_of_an_enrolled_partner(rulebook: Rulebook) -> None:
    window = qualification_window(rulebook.programme, date(2024, 8, 15), date(2024, 8, 15))
    assert window == Window(start=date(2024, 3, 1), end=date(2024, 8, 31))


def test_an_anniversary_in_the_middle_of_march_has_until_its_end_to_qualify(rulebook: Rulebook) -> None:
    on, anniversary = date(2026, 11, 20), date(2027, 3, 15)
    window = qualification_window(rulebook.programme, on, anniversary)
    assert window == Window(start=date(2026, 10, 1), end=date(2027, 3, 31))
    assert window.days_left(on) == 131
    assert renewal_window(rulebook.programme, on, anniversary) == Window(start=date(2027, 3, 15), end=date(2027, 4, 14))


@pytest.mark.parametrize(
    ("on", "days_left"),
    [
        (date(2027, 3, 30), 1),
        (date(2027, 3, 31), 0),
        (date(2027, 4, 1), 0),
        (date(2026, 1, 1), 454),
    ],
    ids=str,
)
def test_days_left_end_at_zero_on_the_last_day(on: date, days_left: int) -> None:
    assert Window(start=date(2026, 10, 1), end=date(2027, 3, 31)).days_left(on) == days_left


# The rule before September 2023


@pytest.mark.parametrize(
    ("on", "start", "end"),
    [
        (date(2022, 10, 3), date(2022, 12, 16), date(2023, 1, 15)),
        (date(2023, 9, 18), date(2022, 12, 16), date(2023, 1, 15)),
        (date(2023, 9, 19), date(2022, 8, 1), date(2023, 1, 31)),
    ],
    ids=str,
)
def test_until_september_2023_the_window_was_thirty_days_before_the_anniversary(
    rulebook: Rulebook, on: date, start: date, end: date
) -> None:
    assert qualification_window(rulebook.programme, on, date(2023, 1, 15)) == Window(start=start, end=end)


def test_until_september_2023_a_partner_that_was_not_enrolled_qualified_on_the_day(rulebook: Rulebook) -> None:
    on = date(2023, 9, 18)
    assert qualification_window(rulebook.programme, on) == Window(start=on, end=on)


def test_before_the_designations_there_is_no_window(rulebook: Rulebook) -> None:
    on = date(2022, 10, 2)
    assert qualification_window(rulebook.programme, on) is None
    assert renewal_window(rulebook.programme, on, date(2023, 10, 3)) is None


@pytest.mark.parametrize(
    ("on", "start"),
    [(date(2023, 7, 12), date(2024, 2, 2)), (date(2023, 7, 13), date(2024, 2, 1))],
    ids=str,
)
def test_since_july_2023_the_fee_can_be_paid_on_the_anniversary_itself(
    rulebook: Rulebook, on: date, start: date
) -> None:
    assert renewal_window(rulebook.programme, on, date(2024, 2, 1)) == Window(start=start, end=date(2024, 3, 2))


# Ends of months and leap days


@pytest.mark.parametrize(
    ("on", "start"),
    [
        (date(2027, 1, 31), date(2026, 8, 1)),
        (date(2027, 2, 1), date(2026, 9, 1)),
        (date(2027, 2, 28), date(2026, 9, 1)),
        (date(2027, 5, 31), date(2026, 12, 1)),
        (date(2027, 6, 1), date(2027, 1, 1)),
        (date(2027, 7, 29), date(2027, 2, 1)),
        (date(2027, 7, 30), date(2027, 2, 1)),
        (date(2027, 7, 31), date(2027, 2, 1)),
        (date(2027, 12, 31), date(2027, 7, 1)),
        (date(2028, 2, 29), date(2027, 9, 1)),
    ],
    ids=str,
)
def test_the_window_of_a_partner_that_is_not_enrolled_rolls_at_the_start_of_a_month(
    rulebook: Rulebook, on: date, start: date
) -> None:
    assert qualification_window(rulebook.programme, on) == Window(start=start, end=on)


@pytest.mark.parametrize(
    ("anniversary", "start", "end"),
    [
        (date(2027, 2, 1), date(2026, 9, 1), date(2027, 2, 28)),
        (date(2028, 2, 1), date(2027, 9, 1), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2027, 9, 1), date(2028, 2, 29)),
        (date(2027, 1, 31), date(2026, 8, 1), date(2027, 1, 31)),
        (date(2027, 4, 30), date(2026, 11, 1), date(2027, 4, 30)),
        (date(2027, 5, 31), date(2026, 12, 1), date(2027, 5, 31)),
        (date(2027, 6, 1), date(2027, 1, 1), date(2027, 6, 30)),
        (date(2027, 12, 29), date(2027, 7, 1), date(2027, 12, 31)),
    ],
    ids=str,
)
def test_the_window_of_an_enrolled_partner_is_six_whole_months(
    rulebook: Rulebook, anniversary: date, start: date, end: date
) -> None:
    window = qualification_window(rulebook.programme, date(2026, 11, 20), anniversary)
    assert window == Window(start=start, end=end)


@given(on=days, anniversary=days)
def test_both_windows_begin_on_a_first_and_the_enrolled_one_ends_on_a_last_of_the_month(
    rulebook: Rulebook, on: date, anniversary: date
) -> None:
    enrolled = qualification_window(rulebook.programme, on, anniversary)
    other = qualification_window(rulebook.programme, anniversary)
    assert enrolled is not None and other is not None
    assert enrolled.start == other.start and enrolled.start.day == 1
    assert other.end == anniversary <= enrolled.end
    assert (enrolled.end + timedelta(days=1)).day == 1
    assert 180 <= (enrolled.end - enrolled.start).days <= 183


# The anniversary that matters


@pytest.mark.parametrize(
    ("given", "on", "expected"),
    [
        # the payment window of 30 days is still open on its last day
        (date(2026, 10, 21), date(2026, 11, 20), date(2026, 10, 21)),
        (date(2026, 10, 20), date(2026, 11, 20), date(2027, 10, 20)),
        # a month of 31 days ends 30 days after its first
        (date(2026, 10, 1), date(2026, 10, 31), date(2026, 10, 1)),
        (date(2026, 10, 1), date(2026, 11, 1), date(2027, 10, 1)),
        # not yet reached, today, and years ago
        (date(2027, 3, 15), date(2026, 11, 20), date(2027, 3, 15)),
        (date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 20)),
        (date(2024, 3, 15), date(2026, 11, 20), date(2027, 3, 15)),
        (date(2022, 10, 3), date(2040, 1, 1), date(2040, 10, 3)),
        # a leap day falls on 28 February in other years
        (date(2024, 2, 29), date(2026, 11, 20), date(2027, 2, 28)),
        (date(2024, 2, 29), date(2027, 11, 20), date(2028, 2, 29)),
    ],
    ids=str,
)
def test_an_anniversary_matters_until_its_windows_have_ended_then_the_next_one_does(
    rulebook: Rulebook, given: date, on: date, expected: date
) -> None:
    assert next_anniversary(rulebook.programme, given, on) == expected


@given(anniversary=st.dates(date(2022, 10, 3), date(2040, 1, 1)), on=st.dates(date(2023, 9, 19), date(2060, 1, 1)))
def test_the_next_anniversary_is_never_more_than_a_year_and_its_window_away(
    rulebook: Rulebook, anniversary: date, on: date
) -> None:
    found = next_anniversary(rulebook.programme, anniversary, on)
    assert found >= anniversary
    assert found + timedelta(days=30) >= on
    assert found == anniversary or found <= on + timedelta(days=366)
