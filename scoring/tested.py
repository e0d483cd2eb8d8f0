"""The result of testing customers, services or workloads at one moment: which there are, and which count."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from scoring.measure_rules import Range, RowsWanted
from scoring.usage import BILLION, NO_CODE, NOT_GIVEN, Integers, Quantity
from scoring.usage_table import Mask, UsageTable, exact_sum


@dataclass(frozen=True, eq=False)
class RowsSeen:
    """The rows of one report that were looked at: of some months, those wanted that say one of the quantities."""

    table: UsageTable
    wanted: RowsWanted
    first: int
    last: int
    quantities: tuple[Quantity, ...]
    only: Integers | None = None

    @cached_property
    def rows(self) -> Integers:
        """Their numbers in the table; `only` where it names them."""
        if self.only is not None:
            return self.only
        span = self.table.rows_of(self.first, self.last)
        said = np.zeros(span.stop - span.start, np.bool_)
        for quantity in self.quantities:
            said |= self.table.quantities[quantity][span] != NOT_GIVEN
        rows: Integers = np.flatnonzero(self.table.chosen(self.wanted)[span] & said) + span.start
        return rows


@dataclass(frozen=True, eq=False)
class Tested:
    """Customers, services or pairs of both at one moment, with the amount that was tested and whether it counts.

    `tenant` is a code of the company's tenants, `item` a place in `items` (`NO_CODE` where the unit has none of it).
    Units: `values` in billionths. `month` is the reference month, or that of a year before. `seen` are the rows whose
    amounts count, `deciding` those that only decided which units do.
    """

    month: int
    tenant: Integers
    item: Integers
    items: Sequence[str]
    values: Integers
    counts: Mask
    seen: tuple[RowsSeen, ...]
    deciding: tuple[RowsSeen, ...] = ()

    @property
    def count(self) -> Fraction:
        """How many units count."""
        return Fraction(int(np.count_nonzero(self.counts)))

    @property
    def amount(self) -> Fraction:
        """The amounts of the units that count, added up."""
        return Fraction(exact_sum(self.values[self.counts]), BILLION)


def without(size: int) -> Integers:
    """A column for units that have no tenant, or no item."""
    return np.full(size, NO_CODE, np.int64)


def holds(test: Range, values: Integers) -> Mask:
    """Which amounts (billionths) are in the range."""
    if test.at_least is not None:
        found = values >= _billionths(test.at_least, up=True)
    else:
        assert test.more_than is not None  # one lower end is given
        found = values > _billionths(test.more_than)
    if test.at_most is not None:
        found = found & (values <= _billionths(test.at_most))
    return found


def above(test: Range, values: Integers) -> Mask:
    """Which amounts (billionths) are above the range; none where it has no upper end."""
    if test.at_most is None:
        return np.zeros(len(values), np.bool_)
    found: Mask = values > _billionths(test.at_most)
    return found


def _billionths(amount: Fraction, *, up: bool = False) -> int:
    scaled = amount * BILLION
    return -(-scaled.numerator // scaled.denominator) if up else scaled.numerator // scaled.denominator
