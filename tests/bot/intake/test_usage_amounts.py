from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.usage_amounts import WrongAmountError, billionths, read_amounts
from scoring.usage import NOT_GIVEN


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("0", 0),
        ("-0.0", 0),
        ("1", 10**9),
        ("1234.5", 1_234_500_000_000),
        ("1,234.5", 1_234_500_000_000),
        ("12,345,678", 12_345_678 * 10**9),
        ("$1,234.50", 1_234_500_000_000),
        ("US$ 5", 5 * 10**9),
        ("¥1,000", 1000 * 10**9),
        ("5 USD", 5 * 10**9),
        ("-$5", -5 * 10**9),
        ("$-5", -5 * 10**9),
        ("5-", -5 * 10**9),
        ("(1,234.5)", -1_234_500_000_000),
        ("($5)", -5 * 10**9),
        ("▲5", -5 * 10**9),
        ("\u22125", -5 * 10**9),
        ("１，２３４．５", 1_234_500_000_000),
        ("1E-05", 10_000),
        ("1.5e3", 1500 * 10**9),
        (".5", 500_000_000),
        ("5.", 5 * 10**9),
        ("0.123456789", 123_456_789),
        ("0.1234567885", 123_456_788),
        ("0.1234567895", 123_456_790),
        ("0.12345678850000000000000000001", 123_456_789),
        ("999999999.999999999", 999_999_999_999_999_999),
        ("1000000000", 10**18),
        ("1e-300", 0),
        (" 7\u00a0", 7 * 10**9),
        ("", NOT_GIVEN),
        ("  ", NOT_GIVEN),
    ],
)
def test_an_amount_is_read_exactly_alone_and_among_others(words: str, amount: int) -> None:
    assert billionths(words) == amount
    for among in (["1", words, "2"], ["1,000", words]):
        amounts, wrong = read_amounts(among)
        assert amounts[1] == amount
        assert wrong == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("abc", "not_a_number"),
        ("NaN", "not_a_number"),
        ("nan", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("-inf", "not_a_number"),
        ("=1+2", "not_a_number"),
        ("1_000", "not_a_number"),
        ("12,34", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("5%", "not_a_number"),
        ("0x10", "not_a_number"),
        ("N/A", "not_a_number"),
        ("--5", "not_a_number"),
        ("(-5)", "not_a_number"),
        ("1" * 61, "not_a_number"),
        ("1000000000.000000001", "out_of_range"),
        ("-1e10", "out_of_range"),
        ("1e999", "out_of_range"),
    ],
)
def test_what_is_no_amount_is_refused_alone_and_among_others(words: str, kind: str) -> None:
    with pytest.raises(WrongAmountError) as caught:
        billionths(words)
    assert caught.value.kind == kind
    for among in (["1", words, ""], ["1,000", words]):
        amounts, wrong = read_amounts(among)
        assert [(one.place, one.kind) for one in wrong] == [(1, kind)]
        assert amounts[1] == NOT_GIVEN
        assert amounts[0] in (10**9, 1000 * 10**9)


@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=None)))
def test_many_amounts_at_once_are_as_exact_as_decimals(numbers: list[Decimal]) -> None:
    cells = [str(number)[:60] for number in numbers]
    expected = [int((Decimal(cell) * 10**9).to_integral_value(ROUND_HALF_EVEN)) for cell in cells]
    assert read_amounts(cells)[0].tolist() == expected


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1))
def test_nine_decimals_are_kept_to_the_last(wholes: list[int]) -> None:
    cells = [f"{Decimal(whole).scaleb(-9):f}" for whole in wholes]
    assert read_amounts(cells)[0].tolist() == wholes
