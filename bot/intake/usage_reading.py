"""A report of usage -> its rows as columns, every cell checked, and what was not taken with its line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from bot.intake.column_reading import ReadColumns
from bot.intake.errors import TooManyMisfitsError
from bot.intake.findings import Note, Rejected, shortened
from bot.intake.repeated_rows import Flags, repeats
from bot.intake.report_kinds import ReportKind
from bot.intake.table_stream import Chunk, TableStream
from bot.intake.usage_checks import check_rows
from bot.intake.usage_selection import selected, usage_rows
from scoring.usage import Field, Integers, UsageRows

# Columns without which everything is measured, but some of it less well.
_WITHOUT: dict[Field, str] = {
    "associated": "every claim is taken as older than a year",
    "active_customers": "Customer Insights adds no consumption value",
}
MOST_DAYS = 100_000  # different months or days of one file, wrong ones too
DuplicateReason = Literal["flagged", "repeated"]


@dataclass(frozen=True, eq=False)
class UsageReport:
    """What one file says. Every row read is in exactly one of taken, duplicates, ignored and rejected.

    All are numbers of rows of the file. `duplicates` by reason: `flagged` are those that Partner Center marks as
    such, `repeated` those equal in every cell to another row; `ignored` are those left out, by reason. `rows` may be
    more than `taken` where a row says something of several workloads. `missing` is what a file of this report can
    say, and this one has no column for. `hashes`, one for each of `rows`, tell equal rows of several files; they mean
    nothing beyond this run of the program. `rejected` has the first 50,000 of the rejected rows.
    """

    name: str
    kind: ReportKind
    rows: UsageRows
    hashes: Integers
    rows_read: int
    taken: int
    duplicates: Mapping[DuplicateReason, int]
    ignored: Mapping[str, int]
    rejected: tuple[Rejected, ...]
    notes: tuple[Note, ...]
    missing: tuple[Field, ...]


def read_usage(table: TableStream, kind: ReportKind) -> UsageReport:
    """What a report of usage says, read once from its beginning to its end, in memory for its codes and amounts.

    Raises: IntakeError kinds when the file turns out to be damaged.
    """
    columns = ReadColumns(table.headers, kind)
    table.least_cells = columns.least_cells
    for chunk in table.chunks():
        columns.take(chunk)
        _check_days(table, columns, chunk)
    check = check_rows(columns)
    keep = np.ones(columns.count, np.bool_)
    keep[check.rejected] = False
    ignored = keep & ~columns.is_kept()
    keep &= ~ignored
    flagged = keep & columns.is_flagged()
    keep &= ~flagged
    hashes = columns.hashes.finish()
    repeated = repeats(hashes[keep])
    keep[keep] = ~repeated
    rows, hashes = usage_rows(columns, check, keep, hashes, source=table.name)
    duplicates: dict[DuplicateReason, int] = {
        "flagged": int(np.count_nonzero(flagged)),
        "repeated": int(np.count_nonzero(repeated)),
    }
    return UsageReport(
        name=table.name,
        kind=kind,
        rows=rows,
        hashes=hashes,
        rows_read=table.rows_read,
        taken=int(np.count_nonzero(keep)),
        duplicates=duplicates,
        ignored={kind.keeps.otherwise: int(np.count_nonzero(ignored))} if kind.keeps and ignored.any() else {},
        rejected=tuple(sorted((*table.rejected, *check.told), key=lambda one: one.line)),
        notes=(*check.notes, *_notes(columns)),
        missing=tuple(field for field in kind.fields if field not in rows.fields),
    )


def _check_days(table: TableStream, columns: ReadColumns, chunk: Chunk) -> None:
    """Refuse a column of months or days that has more different ones than there can be: each would be kept."""
    for column in (columns.month, columns.associated):
        if column.index is not None and len(column.texts.texts) > MOST_DAYS:
            where, header = f"{table.name}:{chunk.lines[0]}", shortened(columns.headers[column.index])
            message = f"{where}: '{header}' has more than {MOST_DAYS} different values by here, so it holds no months; "
            message += "download the report again."
            raise TooManyMisfitsError(message, where=where, line=chunk.lines[0], limit=MOST_DAYS)


def without_repeats(reports: Sequence[UsageReport]) -> tuple[UsageReport, ...]:
    """The reports of one import, each row that several files hold only once: in the file first by the alphabet."""
    by_name = sorted(range(len(reports)), key=lambda place: reports[place].name)
    hashes = [reports[place].hashes for place in by_name]
    repeated = repeats(np.concatenate(hashes)) if hashes else np.zeros(0, np.bool_)
    found = list(reports)
    start = 0
    for place in by_name:
        count = len(reports[place].hashes)
        found[place] = _without(reports[place], repeated[start : start + count])
        start += count
    return tuple(found)


def _without(report: UsageReport, repeated: Flags) -> UsageReport:
    if not repeated.any():
        return report
    rows = len(np.unique(report.rows.line[repeated]))  # of the file: one may say something of several workloads
    return replace(
        report,
        rows=selected(report.rows, ~repeated),
        hashes=report.hashes[~repeated],
        taken=report.taken - rows,
        duplicates={**report.duplicates, "repeated": report.duplicates["repeated"] + rows},
    )


def _notes(columns: ReadColumns) -> Iterator[Note]:
    if "duplicate" in columns.kind.reads and columns.duplicate.index is None:
        header = columns.kind.reads["duplicate"][0]
        message = (
            f"has no column {header}: of the rows of one customer, item and month, only the association type with the "
            "highest amount counts"
        )
        yield Note("no_duplicate_flag", message, {"column": header})
    keeps = columns.kind.keeps
    if keeps is not None and columns.kept.index is None:
        message = f"has no column {keeps.headers[0]}: all rows are taken as {keeps.value}"
        yield Note("all_rows_kept", message, {"column": keeps.headers[0], "value": keeps.value})
    for field, consequence in _WITHOUT.items():
        if field in columns.kind.fields and field not in columns.fields:
            header = columns.kind.headers_of(field)[0]
            yield Note(f"no_{field}", f"has no column {header}: {consequence}", {"column": header})
    missing = tuple(workload for workload, found in columns.workloads.items() if workload and not found)
    if missing:
        yield Note("missing_workloads", f"has no columns of {', '.join(missing)}", {"workloads": missing})
