"""All usage reports of a company together: which months each holds, and what is lacking for a question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from scoring.measure_rules import Report
from scoring.usage import Field, UsageRows
from scoring.usage_table import Tenants, UsageTable
from scoring.usage_terms import UsageTerms

YEAR = 12  # months

LackingReason = Literal["report_missing", "months_missing", "column_missing"]
_NEARNESS: tuple[LackingReason, ...] = ("column_missing", "months_missing", "report_missing")


@dataclass(frozen=True)
class Lacking:
    """What the reports do not hold that a measure needs: one of `reports`, or months or columns of one of them."""

    reason: LackingReason
    reports: tuple[Report, ...]
    months: tuple[int, ...] = ()
    columns: tuple[Field, ...] = ()


def together(several: Sequence[Lacking]) -> Lacking:
    """What of several is nearest to being there, with all months and columns that are lacking of the same reports."""
    first = min(several, key=lambda one: _NEARNESS.index(one.reason))
    same = [one for one in several if (one.reason, one.reports) == (first.reason, first.reports)]
    return Lacking(
        first.reason,
        first.reports,
        months=tuple(sorted({month for one in same for month in one.months})),
        columns=tuple(dict.fromkeys(column for one in same for column in one.columns)),
    )


class LackingError(Exception):
    """A measure cannot be taken; never shown, it becomes a metric that is not known."""

    def __init__(self, lacking: Lacking) -> None:
        super().__init__(lacking)
        self.lacking = lacking


class UsageReports:
    """The usage of a company by report."""

    def __init__(self, rows: Iterable[UsageRows], terms: UsageTerms) -> None:
        self.terms = terms
        self.tenants = Tenants()
        parts: dict[Report, list[UsageRows]] = {}
        for one in rows:
            if len(one):
                parts.setdefault(one.dataset, []).append(one)
        self._tables = {report: UsageTable(found, self.tenants, terms) for report, found in parts.items()}

    @property
    def tables(self) -> tuple[UsageTable, ...]:
        """The reports that hold anything."""
        return tuple(self._tables.values())

    def get(self, report: Report) -> UsageTable | None:
        """The report, if there is one."""
        return self._tables.get(report)

    def first_of(self, *reports: Report) -> UsageTable:
        """The first of the reports that there is. Raises: LackingError."""
        for report in reports:
            if report in self._tables:
                return self._tables[report]
        raise LackingError(Lacking("report_missing", reports))


def need_columns(table: UsageTable, fields: Sequence[Field]) -> None:
    """Raises: LackingError when one of the columns is in no file, or not in all files, of the report."""
    missing = tuple(field for field in fields if field not in table.fields)
    if missing:
        raise LackingError(Lacking("column_missing", (table.report,), columns=missing))


def month_asked(table: UsageTable, asked: int, *, years_back: int = 0, months_needed: int = 1) -> int:
    """The report's reference month for a day in the month asked, or the same month years before.

    With `months_needed`, that many months up to and including it must be held.
    Raises: LackingError with the months that are missing.
    """
    reference = table.reference_month(asked)
    if reference is None:
        raise LackingError(Lacking("months_missing", (table.report,), months=(asked - 1,)))
    month = reference - YEAR * years_back
    missing = months_missing(table, month, months_needed)
    if missing:
        raise LackingError(Lacking("months_missing", (table.report,), months=missing))
    return month


def months_missing(table: UsageTable, last: int, count: int) -> tuple[int, ...]:
    """Which of the `count` months up to and including `last` the report does not hold."""
    held = set(table.months)
    return tuple(month for month in range(last - count + 1, last + 1) if month not in held)
