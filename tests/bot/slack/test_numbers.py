"""How points, gaps and days are written: never kinder than they are."""

import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording.words import day, gap, points, short
from tests.bot.conftest import (
    READERS,
    SAM,
    Seventy,
    first_line,
    text_of,
)

LINE = Fraction(70)
TOTALS = st.fractions(min_value=0, max_value=100, max_denominator=10_000)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("69.94", "69.9"),
        ("69.95", "69.95"),
        ("69.96", "69.96"),
        ("69.999", "69.99"),
        ("69.999999", "69.99"),
        ("70", "70.0"),
        ("70.04", "70.0"),
        ("100", "100.0"),
        ("0", "0.0"),
    ],
)
def test_a_total_below_the_line_is_never_written_as_the_line(value: str, shown: str) -> None:
    assert points(Fraction(value), line=LINE) == shown


@given(TOTALS)
def test_a_written_total_stands_on_the_same_side_of_the_line_as_the_total(total: Fraction) -> None:
    assert (Fraction(points(total, line=LINE)) >= LINE) == (total >= LINE)


@given(TOTALS)
def test_a_written_total_is_off_by_less_than_a_tenth(total: Fraction) -> None:
    assert abs(Fraction(points(total, line=LINE)) - total) < Fraction(1, 10)


@pytest.mark.parametrize(
    ("missing", "shown"),
    [
        ("6", "6.0"),
        ("0.1", "0.1"),
        ("0.06", "0.06"),
        ("0.05", "0.05"),
        ("0.04", "0.04"),
        ("0.001", "0.01"),
        ("0.0000001", "0.01"),
    ],
)
def test_a_gap_is_never_written_as_nothing(missing: str, shown: str) -> None:
    assert gap(Fraction(missing)) == shown


@given(st.fractions(min_value=-(10**9), max_value=10**9))
def test_a_number_is_written_with_at_most_two_decimals_and_no_needless_zeros(value: Fraction) -> None:
    shown = short(value)
    assert re.fullmatch(r"-?\d{1,3}(,\d{3})*(\.\d?[1-9])?", shown)
    assert abs(Fraction(shown.replace(",", "")) - value) <= Fraction(1, 100)


@pytest.mark.parametrize("offset", range(7))
def test_a_day_is_written_with_its_weekday(offset: int) -> None:
    one = date(2027, 3, 15 + offset)  # a Monday
    assert day(one, "ja") == f"{one}({'月火水木金土日'[offset]})"
    assert day(one, "en") == f"{('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[offset]} {one}"


async def typed_points(seventy: Seventy, *each: str) -> None:
    """Type the points of the four metrics of Security."""
    form = await seventy.form()
    names = ("net_customer_adds", "intermediate_certifications", "usage_growth", "deployments")
    values = {f"security:enterprise:{name}::points": one for name, one in zip(names, each, strict=True)}
    await seventy.submit(form, values)


@pytest.mark.parametrize(
    ("each", "total", "missing"),
    [
        (("20", "30", "10", "9.96"), "69.96", "0.04"),
        (("20", "30", "10", "9.999"), "69.99", "0.01"),
        (("20", "30", "10", "9.94"), "69.9", "0.06"),
    ],
)
async def test_a_card_just_below_the_line_says_that_it_is_below(
    seventy: Seventy, each: tuple[str, ...], total: str, missing: str
) -> None:
    await typed_points(seventy, *each)
    assert first_line(await seventy.score("security")) == f"Security: {total} / 100, {missing} short of 70"
    overview = await seventy.score()
    assert first_line(overview) == f"Nearest to 70: Security, {missing} points short"
    assert f"*{total}*" in text_of(overview)


async def test_a_card_on_the_line_qualifies(seventy: Seventy) -> None:
    await typed_points(seventy, "20", "30", "10", "10")
    assert first_line(await seventy.score("security")).startswith("Security: 70.0 / 100, qualifies")


async def test_seventy_points_with_a_metric_under_one_point_do_not_qualify(seventy: Seventy) -> None:
    await typed_points(seventy, "20", "40", "20", "0.99")
    assert first_line(await seventy.score("security")) == (
        "Security: 81.0 / 100, but Deployments under 1 point blocks the designation"
    )
    assert first_line(await seventy.score()).endswith("but Deployments under 1 point blocks it")


@pytest.mark.parametrize(("language", "renewal"), [("ja", "2027-03-15(月)"), ("en", "Mon 2027-03-15")])
async def test_the_days_of_renewal_and_of_lapsing_carry_their_weekday(
    company: Seventy, language: str, renewal: str
) -> None:
    said = text_of(await company.score("security", user=READERS[language]))
    assert renewal in said
    for one in ("2027-02-10", "2027-04-14"):
        assert re.search(rf"Wed {one}|{one}\(水\)", said)


async def test_each_figure_says_how_old_it_is(company: Seventy) -> None:
    said = text_of(await company.score("security", user=SAM))
    assert "figures 2026-10-20 (31 days old, next around 2026-11-20), skilling 2026-11-18" in said


@pytest.mark.parametrize("missing", [Fraction(1, 20), Fraction(5, 100)])
def test_a_gap_of_a_twentieth_is_not_written_as_nothing(missing: Fraction) -> None:
    assert gap(missing) == "0.1" or gap(missing) == "0.05"


async def test_a_total_of_69_95_does_not_miss_0_0_points(seventy: Seventy) -> None:
    form = await seventy.form()
    points = dict(
        zip(
            ("net_customer_adds", "intermediate_certifications", "usage_growth", "deployments"),
            ("20", "30", "10", "9.95"),
            strict=True,
        )
    )
    await seventy.submit(form, {f"security:enterprise:{name}::points": one for name, one in points.items()})
    assert "0.0 short" not in first_line(await seventy.score("security"))
