"""What a company's customers used and paid, month by month: the rows of Partner Center's usage reports as columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scoring.measure_rules import Report

Dataset = Report
Quantity = Literal["acr", "revenue", "paid_seats", "active_users", "active_customers"]
Field = Literal[
    "month",
    "tenant",
    "item",
    "association",
    "segment",
    "duplicate",
    "associated",
    "acr",
    "revenue",
    "paid_seats",
    "active_users",
    "active_customers",
]

Integers = NDArray[np.int64]
Codes = NDArray[np.int32]

BILLION = 1_000_000_000  # quantities are whole billionths: exact for nine decimals, and they add up exactly
NOT_GIVEN = np.iinfo(np.int64).min  # a quantity that the file leaves empty, which is not zero
NO_CODE = -1


@dataclass(frozen=True, eq=False)
class UsageRows:
    """The rows of one file that say something about usage: columns of equal length, in the order of the file.

    Texts are as the file writes them, once each; `tenant`, `item`, `association` and `segment` are places in them
    (`NO_CODE` where the cell is empty or the column is not there). `fields` says which columns the file has.
    `item` is the service (Service Level 2), workload or product. Rows that Partner Center marks as duplicates of
    another row are not here.

    Units: `month` counts months from year 0 (year * 12 + month - 1); `line` is the file's line, from 1;
    `associated` is the proleptic ordinal of a day, 0 where not given; quantities are billionths (US dollars, seats,
    users), `NOT_GIVEN` where the cell is empty.
    """

    dataset: Dataset
    source: str
    fields: frozenset[Field]
    tenants: tuple[str, ...]
    tenant_names: tuple[str, ...]
    items: tuple[str, ...]
    associations: tuple[str, ...]
    segments: tuple[str, ...]
    line: Integers
    month: Codes
    tenant: Codes
    item: Codes
    association: Codes
    segment: Codes
    associated: Codes
    quantities: Mapping[Quantity, Integers]
    import_id: int | None = None

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.line)


def month_number(day: date) -> int:
    """The number of a day's month.

    >>> month_number(date(2026, 10, 31)) - month_number(date(2025, 10, 1))
    12
    """
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """The first day of a month of that number.

    >>> first_day(month_number(date(2026, 10, 31)))
    datetime.date(2026, 10, 1)
    """
    return date(month // 12, month % 12 + 1, 1)
