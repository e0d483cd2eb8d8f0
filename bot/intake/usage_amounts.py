"""Amounts as reports and spreadsheets write them -> whole billionths, exactly."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

import numpy as np

from bot.intake.findings import EDGES
from scoring.usage import BILLION, NOT_GIVEN, Integers

MOST = 1_000_000_000  # of a single cell; more is no amount of one tenant in one month
_LONGEST = 60
_EXACT = Context(prec=200, rounding=ROUND_HALF_EVEN)
_MINUS = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2013": "-", "▲": "-", "△": "-"})
_CURRENCY = r"(?:us\$|usd|[$¥€£])"
_DIGITS = r"(?:\d+(?:\.\d*)?|\.\d+|\d{1,3}(?:,\d{3})+(?:\.\d*)?)(?:e[+-]?\d{1,3})?"
_SHAPES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        rf"(?P<sign>[-+]?){_CURRENCY}?(?P<digits>{_DIGITS})(?:usd)?",
        rf"{_CURRENCY}(?P<sign>[-+]?)(?P<digits>{_DIGITS})",
        rf"{_CURRENCY}?(?P<digits>{_DIGITS})(?P<sign>-)",
        rf"{_CURRENCY}?(?P<sign>\(){_CURRENCY}?(?P<digits>{_DIGITS})\)",
    )
)


class WrongAmountError(Exception):
    """A cell is no amount. `kind`: not_a_number, out_of_range; the text goes on after the value."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason


@dataclass(frozen=True, slots=True)
class WrongAmount:
    """A cell that is no amount: its place among those that were read, and why."""

    place: int
    kind: str
    reason: str


def billionths(words: str) -> int:
    """An amount in billionths, more than nine decimals rounded half to even; NOT_GIVEN for an empty cell.

    Raises: WrongAmountError.

    >>> billionths("(1,234.5)"), billionths("1E-05"), billionths("＄０．１")
    (-1234500000000, 10000, 100000000)
    """
    text = unicodedata.normalize("NFKC", words[: _LONGEST * 2]).strip(EDGES)
    if not text:
        return NOT_GIVEN
    text = re.sub(r"\s", "", text.casefold()).translate(_MINUS)
    found = next((found for shape in _SHAPES if (found := shape.fullmatch(text))), None)
    if found is None or len(words) > _LONGEST:
        raise WrongAmountError("not_a_number", "is not a number; write it as 1234.5")
    amount = Decimal(found["digits"].replace(",", ""))
    if amount > MOST:
        raise WrongAmountError("out_of_range", f"is beyond what one row can hold ({MOST:,})")
    whole = int(_EXACT.scaleb(amount, 9).to_integral_value(ROUND_HALF_EVEN, _EXACT))
    return -whole if found["sign"] in ("-", "(") else whole


def read_amounts(cells: Sequence[str]) -> tuple[Integers, list[WrongAmount]]:
    """Many amounts at once, in billionths; those that are wrong are NOT_GIVEN, and listed.

    The processor's own numbers are used where they provably give the same as exact arithmetic.
    """
    try:
        floats = np.fromiter(map(float, [cell or "nan" for cell in cells]), np.float64, len(cells))
    except ValueError:
        return _one_by_one(cells, range(len(cells)), np.full(len(cells), NOT_GIVEN))
    if "_" in "".join(cells):  # which only a program takes for part of a number
        return _one_by_one(cells, range(len(cells)), np.full(len(cells), NOT_GIVEN))
    with np.errstate(all="ignore"):
        scaled = floats * BILLION
        nearest = np.rint(scaled)
        # Two roundings to 53 bits: what was read lies within |scaled| * 2**-52 of the exact product.
        is_sure = np.abs(scaled - nearest) < 0.5 - np.abs(scaled) * 2.0**-51
    amounts = np.where(is_sure, nearest, NOT_GIVEN).astype(np.int64)
    if is_sure.all():
        return amounts, []
    unsure = np.flatnonzero(~is_sure)
    if np.count_nonzero(np.isnan(floats)) == len(unsure) == cells.count(""):
        return amounts, []
    return _one_by_one(cells, unsure.tolist(), amounts)


def _one_by_one(cells: Sequence[str], places: Sequence[int], amounts: Integers) -> tuple[Integers, list[WrongAmount]]:
    wrong: list[WrongAmount] = []
    for place in places:
        if not cells[place]:
            continue
        try:
            amounts[place] = billionths(cells[place])
        except WrongAmountError as error:
            wrong.append(WrongAmount(place, error.kind, error.reason))
    return amounts, wrong
